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
        from multiprocessing import active_children

        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TextColumn("{task.completed:,.0f} documents"),
            TextColumn("{task.fields[rate]}"),
            TextColumn("{task.fields[workers]}"),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task(what, total=None, rate="", workers="")
            for item in stream:
                # They come in batches, so that the speed of the last ones tells nothing.
                elapsed = progress.tasks[0].elapsed
                speed = (progress.tasks[0].completed + 1) / elapsed if elapsed else None
                workers = len(active_children())
                told = f"{workers} workers" if workers > 1 else ""
                progress.update(task, advance=1, rate=f"{speed:,.1f}/s" if speed else "", workers=told)
                yield item

    return pass_on
