"""A stream goes in and comes out unchanged, with a progress line on a terminal; silent elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

_Item = TypeVar("_Item")


def watch(what: str) -> Callable[[Iterable[_Item]], Iterator[_Item]]:
    """A function that passes a stream on and shows how many documents a second go by."""

    def pass_on(stream: Iterable[_Item]) -> Iterator[_Item]:
        if not sys.stderr.isatty():
            yield from stream
            return
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TextColumn("{task.completed:,.0f} documents"),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task(what, total=None, rate="")
            for item in stream:
                speed = progress.tasks[0].speed
                progress.update(task, advance=1, rate=f"{speed:,.1f}/s" if speed else "")
                yield item

    return pass_on
