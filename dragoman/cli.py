"""The command line: every command calls one public function and says what it did."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

import click

from dragoman import __version__
from dragoman.errors import DragomanError, InputError
from dragoman.records import Document, Status

_MODEL = click.option("--model", default="en_core_web_sm", show_default=True, help="A spaCy English pipeline.")
_PUBLISHED = click.option("--published", metavar="DATE", help="Date (YYYY-MM-DD) of documents that don't tell theirs.")
_PUBLISHER = click.option("--publisher", metavar="NAME", help="Publisher of documents that don't tell theirs.")
_TO = click.option("--to", "target", required=True, metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))


class _Group(click.Group):
    """Turns dragoman's own errors, and files that can't be written, into one line and exit status 2."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except (DragomanError, OSError) as problem:
            click.echo(f"dragoman: {problem}", err=True)
            ctx.exit(2)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="dragoman")
def main() -> None:
    """Read news reports the way a careful analyst does: who did, said, threatened, promised or asked
    what of whom, when and where, according to whom, and how sure anybody is.

    \b
    Try:
      dragoman demo
      dragoman code article.txt --published 2018-04-12 --to case.duckdb
      dragoman show case.duckdb --actor RUS
    """


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@_TO
@_PUBLISHED
@_PUBLISHER
@_MODEL
def code(inputs: tuple[str, ...], target: Path, published: str | None, publisher: str | None, model: str) -> None:
    """Code articles into claims: .jsonl, .csv, .parquet, or a .duckdb case file that grows.

    INPUT is a file (.txt .html .jsonl .csv .parquet), a folder, or - for standard input.

    \b
    Examples:
      dragoman code article.txt --published 2018-04-12 --to claims.jsonl
      dragoman code articles/ more.jsonl --to case.duckdb
      cat feed.jsonl | dragoman code - --to claims.parquet

    Exit status: 0 all coded, 1 some documents failed (each named on standard error), 2 wrong use.
    """
    from dragoman.commands import code_into

    _check_day(published, "--published")
    _check_target(inputs, target)
    summary = code_into(
        _inputs(inputs, published, publisher), target, model=model, report=_complain, watch=_progress("coding")
    )
    click.echo(f"{summary.documents} documents, {summary.claims} claims -> {target}", err=True)
    _leave(summary.failures)


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@_TO
@_PUBLISHED
@_PUBLISHER
@_MODEL
def annotate(inputs: tuple[str, ...], target: Path, published: str | None, publisher: str | None, model: str) -> None:
    """Write every layer that coding rests on: attributions, dates, places, actors, predicates.

    \b
    Example:
      dragoman annotate articles.jsonl --to layers.jsonl
    """
    from dragoman.commands import annotate_into

    _check_day(published, "--published")
    _check_target(inputs, target)
    summary = annotate_into(
        _inputs(inputs, published, publisher), target, model=model, report=_complain, watch=_progress("annotating")
    )
    click.echo(f"{summary.documents} documents -> {target}", err=True)
    _leave(summary.failures)


@main.command()
@click.argument("pairs", metavar="PAIRS.jsonl")
@_TO
@_MODEL
def relate(pairs: str, target: Path, model: str) -> None:
    """The PLOVER type of what one marked actor did to another, for people with actors of their own.

    \b
    A line in:  {"id": "1", "text": "Ankara expelled ten Dutch diplomats.", "actor": [0, 6], "recipient": [20, 35]}
    A line out: {"id": "1", "type": "SANCTION", "quad": 4, "score": 1.0, "rule": "sanction.expel"}

    \b
    Example:
      dragoman relate pairs.jsonl --to types.jsonl
    """
    from dragoman.commands import relate_into

    _check_target((pairs,), target)
    summary = relate_into(pairs, target, model=model, report=_complain, watch=_progress("relating"))
    click.echo(f"{summary.documents} pairs -> {target}", err=True)
    _leave(summary.failures)


@main.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--actor", metavar="CODE|NAME", help="Only claims whose actor has this code (RUS, RUSMIL) or name.")
@click.option("--recipient", metavar="CODE|NAME", help="Only claims whose recipient has this code or name.")
@click.option("--type", "event_type", metavar="TYPE", help="Only this PLOVER type.")
@click.option("--source", metavar="NAME", help="Only claims with this name in their chain of sources.")
@click.option("--status", type=click.Choice(get_args(Status)), help="How the text presents the event.")
@click.option("--since", metavar="DATE", help="Only reports published on this day or later.")
@click.option("--until", metavar="DATE", help="Only reports published on this day or earlier.")
@click.option("--limit", type=click.IntRange(min=1), default=40, show_default=True, help="At most so many rows.")
@click.option("--deepest", is_flag=True, help="Those told through the most mouths first.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of a table.")
def show(case: Path, limit: int, deepest: bool, as_json: bool, **filters: str | None) -> None:
    """List the claims of a case file, with their chains of sources.

    \b
    Examples:
      dragoman show case.duckdb --actor RUS --recipient USA
      dragoman show case.duckdb --type THREATEN --since 2018-04-10 --json
    """
    from dragoman.analyse.claims import find_claims
    from dragoman.store.database import open_case
    from dragoman.tell.table import claims_table

    _check_day(filters["since"], "--since")
    _check_day(filters["until"], "--until")
    _check_type(filters["event_type"])
    with open_case(case, read_only=True) as opened:
        found = find_claims(opened, limit=limit, deepest=deepest, **filters)
    if as_json:
        for claim in found.rows:
            click.echo(json.dumps(claim, ensure_ascii=False, default=str))
        return
    claims_table(found)


@main.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("claim")
def explain(case: Path, claim: str) -> None:
    """Say in words how a claim was coded: the sentence, the pattern, each actor, date and source.

    CLAIM is a claim's id, or its first characters.

    \b
    Example:
      dragoman explain case.duckdb c_1f0a
    """
    from dragoman.commands import explain_claim

    click.echo(explain_claim(case, claim))


@main.command()
@click.option("--case", type=click.Path(path_type=Path), default=Path("demo.duckdb"), show_default=True)
def demo(case: Path) -> None:
    """Code the bundled sample (Syria, April 2018, written for this project) and show what comes out.

    \b
    Example:
      dragoman demo --case demo.duckdb
    """
    from dragoman.commands import run_demo

    summary = run_demo(case, report=_complain, watch=_progress("coding"))
    click.echo(f"{summary.documents} reports coded into {case}. Go on with:")
    click.echo(f"  dragoman show {case} --type THREATEN\n  dragoman explain {case} ID")


def _inputs(inputs: tuple[str, ...], published: str | None, publisher: str | None) -> Iterator[Document | InputError]:
    from dragoman.read import read_inputs

    return read_inputs(inputs, published=published, publisher=publisher)


def _check_day(value: str | None, option: str) -> None:
    from dragoman.read.checks import parse_day

    if value is not None:
        parse_day(value, where=option)


def _check_type(value: str | None) -> None:
    from dragoman.coding.codebook import load_codebook

    types = load_codebook().types if value else {}
    if value and value.upper() not in types:
        raise click.BadParameter(f"{value!r} is none of {', '.join(types)}", param_hint="--type")


def _check_target(inputs: tuple[str, ...], target: Path) -> None:
    if target.exists() and any(Path(name).exists() and target.samefile(name) for name in inputs):
        raise click.BadParameter(f"{target} is an input; it would be overwritten", param_hint="--to")


def _complain(problem: InputError) -> None:
    click.echo(f"dragoman: {problem}", err=True)


def _leave(failures: int) -> None:
    if failures:
        click.echo(f"{failures} could not be read or coded; they are named above", err=True)
        sys.exit(1)


def _progress(what: str) -> Callable[[Iterable[Any]], Iterator[Any]]:
    from dragoman.tell.progress import watch

    return watch(what)
