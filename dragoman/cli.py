"""The command line: every command calls one public function and says what it did."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from dragoman import __version__
from dragoman.errors import DragomanError
from dragoman.records import Status
from dragoman.tell.visible import visible

if TYPE_CHECKING:
    from dragoman.commands.coding import Summary

_MODEL = click.option("--model", default="en_core_web_sm", show_default=True, help="A spaCy English pipeline.")
_PUBLISHED = click.option("--published", metavar="DATE", help="Date (YYYY-MM-DD) of documents that don't tell theirs.")
_PUBLISHER = click.option("--publisher", metavar="NAME", help="Publisher of documents that don't tell theirs.")
# What some options offer; the modules of analyse/ that say the same are not imported, for the sake of start-up.
_KINDS = ("threat", "red line", "promise", "demand", "denial")
_OUTCOMES = ("carried out", "partly carried out", "walked back", "met", "refused", "open", "stands", "contested")
_PERIODS = ("day", "week", "month", "year")
_EXPORTS = ("gdelt", "phoenix", "polecat", "plover", "stix", "prov", "annotation", "graphml")
_IMPORTS = ("gdelt", "icews", "polecat", "acled")
_PLOTS = ("line", "activity", "matrix", "network", "ledger", "incidents")
_RELATIONS = ("all", "cooperation", "conflict")
_PORT = 8150  # of the desk
_MOST_WORKERS = 256  # on one machine
_PROCESSES = "Processes that code. As many as the machine has room for without it; one where there is little to do."
_WORKERS = click.option("--workers", type=click.IntRange(1, _MOST_WORKERS), help=_PROCESSES)
_TO = click.option("--to", "target", required=True, metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
_PART_MEGABYTES = 16  # of commands/clustering.py


class _Anywhere(click.Path):
    """A path, or an address such as s3://bucket/claims/, which stays as it is."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return value if "://" in str(value) else super().convert(value, param, ctx)


_CASE = click.argument("case", type=click.Path(path_type=Path))
_JSON = click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of a table.")


class _Group(click.Group):
    """Turns dragoman's own errors, and files that can't be written, into one line and exit status 2."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except (DragomanError, OSError) as problem:
            _complain(problem)
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
    # Our matrices are small: further threads of numpy's would only wait for each other, and cost time doing so.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--to", "target", required=True, metavar="TARGET", type=_Anywhere(path_type=Path))
@_PUBLISHED
@_PUBLISHER
@_MODEL
@click.option("--workers", type=click.IntRange(1, 10_000), help=_PROCESSES)  # a cluster has many machines
@click.option(
    "--engine",
    type=click.Choice(("local", "ray")),
    default="local",
    show_default=True,
    help="What codes: this machine, or a Ray cluster (extra ray), which makes a folder of parts.",
)
@click.option("--address", metavar="WHERE", help="ray: the cluster (auto, HOST:PORT). Without it one on this machine.")
@click.option("--parts", "form", type=click.Choice(("jsonl", "parquet")), help="ray: what the parts are. [jsonl]")
@click.option(
    "--part-size",
    "megabytes",
    type=click.FloatRange(min=0, min_open=True),
    metavar="MB",
    help=f"ray: how much of the input goes into a part. [{_PART_MEGABYTES}]",
)
def code(
    inputs: tuple[str, ...],
    target: Path | str,
    published: str | None,
    publisher: str | None,
    model: str,
    workers: int | None,
    engine: str,
    address: str | None,
    form: str | None,
    megabytes: float | None,
) -> None:
    """Code articles into claims: .jsonl, .csv, .parquet, or a .duckdb case file that grows.

    INPUT is a file (.txt .html .jsonl .csv .parquet .warc.gz), a folder, or - for standard input. What is not in
    English is passed over and counted.

    With --engine ray a cluster codes JSON Lines and Parquet, from any file system that it reaches (s3:// gs:// abfs://
    hdfs:// file://), into a folder of numbered parts: docs/cluster.md.

    \b
    Examples:
      dragoman code article.txt --published 2018-04-12 --to claims.jsonl
      dragoman code articles/ more.jsonl --to case.duckdb
      dragoman code CC-NEWS-20180412000000-00001.warc.gz --to case.duckdb
      cat feed.jsonl | dragoman code - --to claims.parquet
      dragoman code archive.parquet --to case.duckdb --workers 4
      dragoman code s3://news/2018/ --to s3://news/claims/ --engine ray --address auto

    Exit status: 0 all coded, 1 some documents failed (each named on standard error), 2 wrong use, 130 Ctrl-C.
    """
    if engine == "local":
        for option, given in (("--address", address), ("--parts", form), ("--part-size", megabytes)):
            if given is not None:
                raise click.BadParameter("is for --engine ray", param_hint=option)
        if workers is not None and workers > _MOST_WORKERS:
            raise click.BadParameter(f"one machine runs {_MOST_WORKERS} at most", param_hint="--workers")
        if isinstance(target, str):
            raise click.BadParameter(f"{target} is an address: --engine ray writes there", param_hint="--to")
        from dragoman.commands.coding import code_into

        summary = _work_through(code_into, "coding", inputs, target, published, publisher, model=model, workers=workers)
    else:
        from dragoman.commands.clustering import code_on_cluster
        from dragoman.read.filesystems import shown

        _check_day(published, "--published")
        place, target = str(target), shown(str(target))
        with _stoppable(target):
            summary = code_on_cluster(
                inputs,
                place,
                address=address,
                form=form or "jsonl",
                part_megabytes=megabytes or _PART_MEGABYTES,
                published=published,
                publisher=publisher,
                model=model,
                workers=workers,
                report=_complain,
                watch=_progress("coding"),
            )
    click.echo(f"{summary.documents} documents, {summary.claims} claims -> {target}{_cost(summary)}", err=True)
    _passed_over(summary.skipped)
    _leave(summary.failures)


@main.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEEDS...")
@click.option("--into", "case", required=True, metavar="CASE", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--every", default="15m", show_default=True, metavar="TIME", help="How long a round is: 5m, 2h, 1d.")
@click.option("--once", is_flag=True, help="One round, then end: for cron.")
@_MODEL
def watch(feeds: tuple[str, ...], case: Path, every: str, once: bool, model: str) -> None:
    """Read news feeds (RSS, Atom) round after round: new articles are fetched and coded into a case file.

    FEEDS are addresses, or files with one address a line (or OPML). Nothing is asked for twice: a feed only if it
    has changed, an article once. One request at a time, with pauses, as robots.txt allows. Stop it with Ctrl-C.

    \b
    Examples:
      dragoman watch https://wire.example/world.rss --into case.duckdb
      dragoman watch feeds.txt --into case.duckdb --every 30m
      dragoman watch feeds.opml --into case.duckdb --once

    Exit status of --once: 0 all was read, 1 something failed (named on standard error), 2 wrong use.
    """
    from dragoman.commands.watching import Round, Watcher, seconds, watch_feeds
    from dragoman.read.feed_lists import read_feed_lists

    try:
        length = seconds(every)
    except ValueError as problem:
        raise click.BadParameter(f"{problem}. Write it as 90s, 15m, 2h or 1d", param_hint="--every") from None
    if length < 60:
        raise click.BadParameter("less than a minute is no way to treat a server", param_hint="--every")
    if case.suffix.lower() != ".duckdb":
        raise click.BadParameter(f"{case}: a case file ends in .duckdb", param_hint="--into")

    def tell(done: Round) -> None:
        feeds = f"{done.read} feeds read, {done.unchanged} unchanged, {done.resting} resting"
        click.echo(f"{feeds}: {done.documents} documents, {done.claims} claims -> {case}", err=True)
        _passed_over(done.skipped)

    addresses = read_feed_lists(feeds)
    watcher = Watcher(case, every=length, model=model, report=_complain)
    try:
        if once:
            done = watcher.round(addresses)
            tell(done)
            _leave(done.failures)
        else:
            watch_feeds(watcher, addresses, tell=tell, trouble=_complain)
    except KeyboardInterrupt:
        click.echo(f"stopped; what was coded is in {case}", err=True)


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@_TO
@_PUBLISHED
@_PUBLISHER
@_MODEL
@_WORKERS
def annotate(
    inputs: tuple[str, ...],
    target: Path,
    published: str | None,
    publisher: str | None,
    model: str,
    workers: int | None,
) -> None:
    """Write every layer that coding rests on: attributions, dates, places, actors, predicates.

    \b
    Example:
      dragoman annotate articles.jsonl --to layers.jsonl
    """
    from dragoman.commands.coding import annotate_into

    summary = _work_through(
        annotate_into, "annotating", inputs, target, published, publisher, model=model, workers=workers
    )
    click.echo(f"{summary.documents} documents -> {target}{_cost(summary)}", err=True)
    _passed_over(summary.skipped)
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
    from dragoman.commands.coding import relate_into

    _check_target((pairs,), target)
    summary = relate_into(pairs, target, model=model, report=_complain, watch=_progress("relating"))
    click.echo(f"{summary.documents} pairs -> {target}", err=True)
    _leave(summary.failures)


@main.command()
@_CASE
@click.option("--actor", metavar="CODE|NAME", help="Only claims whose actor has this code (RUS, RUSMIL) or name.")
@click.option("--recipient", metavar="CODE|NAME", help="Only claims whose recipient has this code or name.")
@click.option("--type", "event_type", metavar="TYPE", help="Only this PLOVER type.")
@click.option("--source", metavar="NAME", help="Only claims with this name in their chain of sources.")
@click.option("--status", type=click.Choice(get_args(Status)), help="How the text presents the event.")
@click.option("--since", metavar="DATE", help="Only reports published on this day or later.")
@click.option("--until", metavar="DATE", help="Only reports published on this day or earlier.")
@click.option("--limit", type=click.IntRange(min=1), default=40, show_default=True, help="At most so many rows.")
@click.option("--deepest", is_flag=True, help="Those told through the most mouths first.")
@_JSON
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
        _json_lines(found.rows)
        return
    claims_table(found)


@main.command()
@_CASE
@click.argument("claim")
def explain(case: Path, claim: str) -> None:
    """Say in words how a claim was coded: the sentence, the pattern, each actor, date and source.

    CLAIM is a claim's id, or its first characters.

    \b
    Example:
      dragoman explain case.duckdb c_1f0a
    """
    from dragoman.commands.telling import explain_claim

    click.echo(visible(explain_claim(case, claim)))


@main.command()
@_CASE
@click.argument("incident", required=False)
@click.option("--actor", metavar="CODE|NAME", help="Only incidents whose actor has this code or name.")
@click.option("--recipient", metavar="CODE|NAME", help="Only incidents whose recipient has this code or name.")
@click.option("--type", "event_type", metavar="TYPE", help="Only this PLOVER type.")
@click.option("--contested", is_flag=True, help="Only those that some report and others deny.")
@click.option("--planned", is_flag=True, help="What is still to come, planned or conditional, instead.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many rows.")
@_JSON
def incidents(
    case: Path,
    incident: str | None,
    actor: str | None,
    recipient: str | None,
    event_type: str | None,
    contested: bool,
    planned: bool,
    limit: int,
    as_json: bool,
) -> None:
    """Gather claims that may tell of one happening, and count its independent origins.

    Three papers that quote Kommersant are one origin, and so are ten copies of one wire story. Nothing is merged:
    with INCIDENT, its reports stand side by side, each with the reason why it is there.

    \b
    Examples:
      dragoman incidents case.duckdb --actor USA --recipient SYR
      dragoman incidents case.duckdb --contested
      dragoman incidents case.duckdb i_3f0a
    """
    from dragoman.analyse.incidents import find_incidents, one_incident
    from dragoman.store.database import open_case
    from dragoman.tell.incident_tables import incident_table, incidents_table

    _check_type(event_type)
    with open_case(case, read_only=True) as opened:
        if incident is not None:
            found = one_incident(opened, incident)
            rows = [found]
        else:
            rows = find_incidents(
                opened,
                actor=actor,
                recipient=recipient,
                event_type=event_type,
                contested=contested,
                planned=planned,
                limit=limit,
            )
    if as_json:
        _json_lines(rows)
    elif incident is not None:
        incident_table(found)
    else:
        incidents_table(rows)


@main.command()
@_CASE
@click.option("--actor", metavar="CODE", help="Only how this party stands to others (RUS, SYRREB).")
@click.option("--target", metavar="CODE", help="Only how others stand to this party.")
@click.option("--about", metavar="TOPIC", help="Only about a PLOVER context (military) or type of act (ASSAULT).")
@click.option("--topics", is_flag=True, help="Each pair once for each topic.")
@click.option("--line", is_flag=True, help="One pair day by day; needs --actor and --target.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many pairs.")
@_JSON
def positions(
    case: Path,
    actor: str | None,
    target: str | None,
    about: str | None,
    topics: bool,
    line: bool,
    limit: int,
    as_json: bool,
) -> None:
    """Say how parties stand to each other, and where that moved: on which day, how surely, and on whose word.

    A happening counts once for each independent origin that tells of it. A move needs three happenings from two
    sources on either side; "too little told" is a normal answer. What is planned or conditional stands apart.

    \b
    Examples:
      dragoman positions case.duckdb
      dragoman positions case.duckdb --topics --actor RUS
      dragoman positions case.duckdb --actor RUS --target USA --line
    """
    from dragoman.analyse.dyads import dyad_periods
    from dragoman.analyse.positions import find_positions
    from dragoman.store.database import open_case
    from dragoman.tell.dyad_tables import periods_table
    from dragoman.tell.position_tables import positions_table

    if line and not (actor and target):
        raise click.UsageError("--line shows one pair: name both, for example --actor RUS --target USA")
    if line and (about or topics):
        raise click.UsageError("--line is of everything; it goes with neither --about nor --topics")
    with open_case(case, read_only=True) as opened:
        if line:
            rows = dyad_periods(opened, by="day", actor=actor, target=target)
        else:
            rows = find_positions(opened, actor=actor, target=target, about=about, topics=topics, limit=limit)
    if as_json:
        _json_lines(rows)
    elif line:
        periods_table(rows)
    else:
        positions_table(rows)


@main.command()
@_CASE
@click.argument("one", required=False)
@click.argument("other", required=False)
@click.option("--by", type=click.Choice(_PERIODS), default="week", show_default=True, help="The length of a period.")
@click.option("--periods", is_flag=True, help="Period by period, each direction by itself.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many pairs.")
@_JSON
def dyads(case: Path, one: str | None, other: str | None, by: str, periods: bool, limit: int, as_json: bool) -> None:
    """Say how pairs of parties treat each other, both ways: how much, how warmly, and whether one answers the other.

    Correlations are told only where both sides are told of in eight periods. With --periods, counts and mean
    intensity of acts, words and conditionals in each period. ONE and OTHER are codes (RUS, SYRREB).

    \b
    Examples:
      dragoman dyads case.duckdb
      dragoman dyads case.duckdb RUS --by month
      dragoman dyads case.duckdb RUS USA --by day --periods
    """
    from dragoman.analyse.dyads import dyad_periods, reciprocity
    from dragoman.store.database import open_case
    from dragoman.tell.dyad_tables import periods_table, reciprocity_table

    with open_case(case, read_only=True) as opened:
        if not periods:
            rows = reciprocity(opened, by=by, one=one, other=other, limit=limit)
        elif one and other:
            rows = [
                row
                for actor, target in ((one, other), (other, one))
                for row in dyad_periods(opened, by=by, actor=actor, target=target)
            ]
        else:
            rows = dyad_periods(opened, by=by, actor=one)
    if as_json:
        _json_lines(rows)
    elif periods:
        periods_table(rows)
    else:
        reciprocity_table(rows, by)


@main.command()
@_CASE
@click.option("--relation", type=click.Choice(_RELATIONS), default="all", show_default=True, help="Which ties count.")
@click.option("--since", metavar="DATE", help="Only what happened on this day or later.")
@click.option("--until", metavar="DATE", help="Only what happened on this day or earlier.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many parties.")
@_JSON
def network(case: Path, relation: str, since: str | None, until: str | None, limit: int, as_json: bool) -> None:
    """Say who is tied to whom, and where each stands: partners, happenings, betweenness, clustering, community.

    A tie is what one party did or said towards another, told as done; it weighs as many happenings as it has.

    \b
    Examples:
      dragoman network case.duckdb
      dragoman network case.duckdb --relation conflict --since 2018-04-01
    """
    from dragoman.analyse.network import find_network
    from dragoman.store.database import open_case
    from dragoman.tell.network_tables import network_table

    _check_day(since, "--since")
    _check_day(until, "--until")
    with open_case(case, read_only=True) as opened:
        found = find_network(opened, relation=relation, since=since, until=until)
    if as_json:
        _json_lines(found.parties[:limit])
        return
    network_table(found, limit)


@main.command()
@_CASE
@click.option("--actor", metavar="CODE|NAME", help="Only what this actor said.")
@click.option("--target", metavar="CODE|NAME", help="Only what was said towards this one.")
@click.option("--kind", type=click.Choice(_KINDS), help="Only entries of this kind.")
@click.option("--outcome", type=click.Choice(_OUTCOMES), help="Only entries that ended so.")
@click.option("--horizon", type=click.IntRange(min=1), default=90, show_default=True, help="Look so many days ahead.")
@click.option("--rates", is_flag=True, help="Count by actor and kind how entries ended.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many rows.")
@_JSON
def ledger(
    case: Path,
    actor: str | None,
    target: str | None,
    kind: str | None,
    outcome: str | None,
    horizon: int,
    rates: bool,
    limit: int,
    as_json: bool,
) -> None:
    """List threats, red lines, promises, demands and denials, and what came of each.

    A threat or promise is carried out when its act is told of later, partly when another act of its kind is, walked
    back when the actor gives way or rules it out; a demand is met or refused; a denial stands or is contested. What
    no later report tells of is open: it has not failed. Nobody's credibility is scored.

    \b
    Examples:
      dragoman ledger case.duckdb --actor USA --kind threat
      dragoman ledger case.duckdb --outcome "walked back"
      dragoman ledger case.duckdb --rates
    """
    from dragoman.analyse.ledger import base_rates, find_entries
    from dragoman.store.database import open_case
    from dragoman.tell.ledger_tables import ledger_table, rates_table

    with open_case(case, read_only=True) as opened:
        if rates:
            rows = base_rates(opened, actor=actor, kind=kind, horizon=horizon, limit=limit)
        else:
            rows = find_entries(
                opened, actor=actor, target=target, kind=kind, outcome=outcome, horizon=horizon, limit=limit
            )
    if as_json:
        _json_lines(rows)
    elif rates:
        rates_table(rows)
    else:
        ledger_table(rows)


@main.command()
@_CASE
@click.argument("one", required=False)
@click.argument("other", required=False)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many rows.")
@_JSON
def contacts(case: Path, one: str | None, other: str | None, limit: int, as_json: bool) -> None:
    """Say by which channels parties are in touch: hotline, call, visit, envoy, third party, military to military.

    First and last use, denials, announcements, and who vouches. ONE and OTHER are codes, in any order.

    \b
    Examples:
      dragoman contacts case.duckdb
      dragoman contacts case.duckdb RUS USA
    """
    from dragoman.analyse.contacts import find_contacts
    from dragoman.store.database import open_case
    from dragoman.tell.contact_tables import contacts_table

    with open_case(case, read_only=True) as opened:
        rows = find_contacts(opened, one=one, other=other, limit=limit)
    if as_json:
        _json_lines(rows)
        return
    contacts_table(rows)


@main.command()
@_CASE
@click.option("--to", "target", required=True, metavar="FILE.html", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--title", help="The title of the page; the name of the case file without it.")
def report(case: Path, target: Path, title: str | None) -> None:
    """Write one page that a person can read in two minutes: what changed, on whose word, which threats came true,
    what is contested.

    The page needs nothing from elsewhere: no script, no picture, no network.

    \b
    Example:
      dragoman report case.duckdb --to report.html --title "Syria, April 2018"
    """
    from dragoman.commands.telling import write_report

    write_report(case, target, title=title)
    click.echo(f"{target} written", err=True)


@main.command()
@click.argument("what", type=click.Choice(_PLOTS), metavar="WHAT")
@_CASE
@click.argument("one", required=False)
@click.argument("other", required=False)
@click.option("--to", "target", required=True, metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--by", type=click.Choice(_PERIODS), default="day", show_default=True, help="The length of a period.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many rows or parties."
)
def plot(what: str, case: Path, one: str | None, other: str | None, target: Path, by: str, limit: int) -> None:
    """Draw what a case file tells into a .png or .svg file.

    \b
    WHAT is one of
      line       how ONE and OTHER stood to each other over time, and where that moved
      activity   what was done and said in each period, cooperation up, conflict down (of ONE, towards OTHER)
      matrix     who acts and speaks how towards whom
      network    who is tied to whom
      ledger     what came of threats, promises, demands and denials (of ONE)
      incidents  how many reports each has, and how many independent origins

    Needs matplotlib: pip install matplotlib

    \b
    Examples:
      dragoman plot line case.duckdb RUS USA --to line.svg
      dragoman plot activity case.duckdb --by week --to activity.png
    """
    from dragoman.commands.telling import write_plot

    write_plot(case, what, target, one=one, other=other, by=by, limit=limit)
    click.echo(f"{target} written", err=True)


@main.command()
@_CASE
@_TO
@click.option("--as", "form", type=click.Choice(_EXPORTS), help="In this format; without it .jsonl, .csv or .parquet.")
@click.option("--actor", metavar="CODE|NAME", help="Only claims whose actor has this code (RUS, RUSMIL) or name.")
@click.option("--recipient", metavar="CODE|NAME", help="Only claims whose recipient has this code or name.")
@click.option("--since", metavar="DATE", help="Only reports published on this day or later.")
@click.option("--until", metavar="DATE", help="Only reports published on this day or earlier.")
def export(case: Path, target: Path, form: str | None, **filters: str | None) -> None:
    """Write the claims of a case file, as people left them, for other programs; what a format loses is said.

    \b
    gdelt       GDELT 2.0 events (61 columns), and mentions (16) beside them
    phoenix     Phoenix (26 columns)
    polecat     POLECAT (40 columns)
    plover      PLOVER's JSON records
    stix        STIX 2.1 bundle of reports
    prov        W3C PROV (JSON-LD)
    annotation  W3C Web Annotation of every coded span (JSON-LD)
    graphml     the network of parties

    \b
    Examples:
      dragoman export case.duckdb --to claims.parquet
      dragoman export case.duckdb --as gdelt --to crisis.export.CSV
      dragoman export case.duckdb --actor RUS --recipient USA --since 2018-04-09 --to pair.csv
    """
    from dragoman.analyse.claims import claim_ids
    from dragoman.commands.exchanging import export_case

    _check_day(filters["since"], "--since")
    _check_day(filters["until"], "--until")
    done = export_case(
        case,
        target,
        form=form,
        choose=(lambda opened: claim_ids(opened, **filters)) if any(filters.values()) else None,
        watch=_progress("exporting"),
    )
    click.echo(f"{done.claims} claims -> {', '.join(map(str, done.files))}", err=True)
    if done.loses:
        click.echo("What is lost:", err=True)
        for lost in done.loses:
            click.echo(f"- {lost}", err=True)


@main.command("import")
@click.argument("events", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--as", "form", required=True, type=click.Choice(_IMPORTS), help="The format of FILE.")
@_TO
def import_(events: Path, form: str, target: Path) -> None:
    """Take events that others coded into a case file, as claims without text.

    Types, classes and intensity are PLOVER's, by the file's own codes. What PLOVER has no type for is passed over
    and counted. An event that is there already changes nothing. FILE may be a zip archive.

    \b
    Examples:
      dragoman import 20180412.export.CSV.zip --as gdelt --to gdelt.duckdb
      dragoman import events.2018.tab --as icews --to icews.duckdb
    """
    from dragoman.commands.exchanging import import_events

    done = import_events(events, target, form=form, report=_complain, watch=_progress("importing"))
    known = f", {done.known} were there already" if done.known else ""
    click.echo(f"{done.added} events -> {target}{known}", err=True)
    _passed_over(done.passed_over)
    _leave(done.failures)


@main.command()
@_CASE
@click.argument("other", type=click.Path(path_type=Path))
@click.option("--as", "form", type=click.Choice(_IMPORTS), help="OTHER is a file of events in this format.")
@click.option("--by", type=click.Choice(_PERIODS), default="day", show_default=True, help="The length of a period.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many pairs.")
@click.option("--json", "as_json", is_flag=True, help="Every cell (pair, type, period) as JSON Lines.")
def compare(case: Path, other: Path, form: str | None, by: str, limit: int, as_json: bool) -> None:
    """Hold a coding beside another one of the same days: by pair of countries, type and period.

    OTHER is a case file, or with --as a file of GDELT, ICEWS, POLECAT or ACLED events.

    \b
    Examples:
      dragoman compare case.duckdb gdelt.duckdb --by week
      dragoman compare case.duckdb events.2018.tab --as icews
    """
    from dragoman.commands.exchanging import compare as hold_beside
    from dragoman.tell.comparison_tables import comparison_tables

    found = hold_beside(case, other, form=form, by=by, report=_complain)
    if as_json:
        _json_lines(found.cells)
        return
    comparison_tables(found, by, limit)


@main.command()
@_CASE
@click.option("--port", type=click.IntRange(0, 65535), help="8150 without it, or where that is taken any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Beyond this machine the address holds a token.")
def serve(case: Path, port: int | None, host: str) -> None:
    """Open the desk: a page on a case file where an analyst reads, checks and corrects.

    It is served to this machine alone, and nothing leaves it. Stop it with Ctrl-C.

    \b
    Example:
      dragoman serve case.duckdb
    """
    from dragoman.web.serve import serve as open_desk

    open_desk(case, host=host, port=port, say=lambda address: click.echo(f"The desk is at {address}", err=True))


@main.command()
@_CASE
@_MODEL
@_WORKERS
def recode(case: Path, model: str, workers: int | None) -> None:
    """Code the documents of a case file again, where another version or codebook had coded them.

    What people have decided about claims stays; `dragoman diff` says what changed.

    \b
    Example:
      dragoman recode case.duckdb && dragoman diff case.duckdb
    """
    from dragoman.commands.coding import recode as code_again

    _must_exist(case)
    with _stoppable(case):
        summary = code_again(case, model=model, workers=workers, report=_complain, watch=_progress("coding"))
    told = f"{summary.documents} documents coded again, {summary.claims} claims -> {case}{_cost(summary)}"
    click.echo(told, err=True)
    _leave(summary.failures)


@main.command()
@_CASE
@click.argument("other", required=False, type=click.Path(path_type=Path))
@click.option("--limit", type=click.IntRange(min=1), default=40, show_default=True, help="At most so many rows.")
@_JSON
def diff(case: Path, other: Path | None, limit: int, as_json: bool) -> None:
    """Say what a new coding changed: claims that are new, gone or coded otherwise.

    With one case file, its last coding against the one before; with two, the second against the first.

    \b
    Examples:
      dragoman diff case.duckdb
      dragoman diff old.duckdb new.duckdb --json
    """
    from dragoman.analyse.changes import changes_between, changes_since
    from dragoman.store.database import open_case
    from dragoman.tell.review_tables import changes_table

    with open_case(case, read_only=True) as opened:
        found = changes_between(opened, other, limit=limit) if other else changes_since(opened, limit=limit)
    if as_json:
        _json_lines(found.rows)
        return
    changes_table(found)


@main.command()
@_CASE
@click.argument("claim", required=False)
@click.option("--accept", "action", flag_value="accept", help="The claim is right as coded.")
@click.option("--reject", "action", flag_value="reject", help="The text does not say this; no analysis counts it.")
@click.option("--undo", "action", flag_value="undo", help="Take back the last decision about the claim.")
@click.option("--set", "fields", multiple=True, metavar="FIELD=VALUE", help="Correct a field; may be given again.")
@click.option("--add", "document", metavar="DOCUMENT", help="Add a claim that was missed in this document (its id).")
@click.option("--words", metavar="WORDS", help="With --add: the words of the document that tell it.")
@click.option("--nth", type=click.IntRange(min=1), help="With --words that stand there more than once: which of them.")
@click.option("--by", metavar="NAME", envvar="DRAGOMAN_REVIEWER", help="Who decides; or set DRAGOMAN_REVIEWER.")
@click.option("--reason", default="", help="Why.")
@click.option("--history", "show_history", is_flag=True, help="List the decisions, of CLAIM or all.")
@click.option("--to", "target", type=click.Path(dir_okay=False, path_type=Path), help="Write all decisions (.jsonl).")
@click.option("--from", "given", type=click.Path(exists=True, path_type=Path), help="Bring in decisions (.jsonl).")
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="At most so many claims.")
def review(
    case: Path,
    claim: str | None,
    action: str | None,
    fields: tuple[str, ...],
    document: str | None,
    words: str | None,
    nth: int | None,
    by: str | None,
    reason: str,
    show_history: bool,
    target: Path | None,
    given: Path | None,
    limit: int,
) -> None:
    """Accept, correct or reject claims; without CLAIM, list the least certain that nobody has judged.

    With --add, add a claim that was missed.
    Nothing is overwritten: decisions are added, can be undone, survive re-runs, and every analysis heeds them.
    Fields: type, mode, actor_name, actor_code, recipient_name, recipient_code, status, date_value,
    place_name, place_country, sources ("Kommersant > ministry sources").

    \b
    Examples:
      dragoman review case.duckdb
      dragoman review case.duckdb c_1f0a --accept --by Ana
      dragoman review case.duckdb c_1f0a --set type=THREATEN --set recipient_code=USA --by Ana --reason "no act yet"
      dragoman review case.duckdb c_1f0a --undo --by Ana
      dragoman review case.duckdb --add d_5e21 --words "shelled Tumbes" --set type=ASSAULT --by Ana
      dragoman review case.duckdb --to decisions.jsonl
    """
    from dragoman.commands.reviewing import bring_in_reviews, decide_on, write_reviews
    from dragoman.store.database import open_case
    from dragoman.store.reviews import history, waiting
    from dragoman.tell.review_tables import history_table, waiting_table

    if document is not None or words is not None or nth is not None:
        if document is None or words is None:
            raise click.UsageError("--add and --words go together: which document, and which of its words")
        if claim is not None or action or target is not None or given is not None:
            raise click.UsageError(
                "--add makes a claim; it goes with none of CLAIM, --accept, --reject, --undo, --to, --from"
            )
        _must_exist(case)
        _add_claim(case, document, words, nth, fields, reason=reason, by=by or "")
        return
    if target is not None or given is not None:
        _must_exist(case)
        if given is not None:
            added, problems = bring_in_reviews(case, given)
            for problem in problems:
                _complain(problem)
            click.echo(f"{added} decisions brought into {case}", err=True)
            _leave(len(problems))
        if target is not None:
            click.echo(f"{write_reviews(case, target)} decisions -> {target}", err=True)
        return
    if claim is not None and (action or fields):
        if action and fields:
            raise click.UsageError("--set corrects; it goes with none of --accept, --reject, --undo")
        _must_exist(case)
        changes = dict(_field_and_value(each) for each in fields)
        row = decide_on(case, claim, action or "correct", changes=changes, reason=reason, reviewer=by or "")
        history_table([row])
        return
    if action or fields:
        raise click.UsageError("name the CLAIM that is decided about; `dragoman review CASE` lists some")
    with open_case(case, read_only=True) as opened:
        if show_history or claim is not None:
            history_table([row for row in history(opened) if row["claim"].startswith(claim or "")])
        else:
            waiting_table(waiting(opened, limit=limit))


@main.command()
@click.argument("one", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("other", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="JSON instead of a table.")
def agreement(one: Path, other: Path, as_json: bool) -> None:
    """Say how far two coders agree: two case files of the same articles, each with its coder's corrections.

    Agreement is given field by field, raw and corrected for chance (Cohen's kappa).

    \b
    Example:
      dragoman agreement ana.duckdb bo.duckdb
    """
    from dataclasses import asdict

    from dragoman.analyse.agreement import agreement as agree
    from dragoman.store.database import open_case
    from dragoman.tell.review_tables import agreement_table

    with open_case(one, read_only=True) as opened:
        found = agree(opened, other)
    if as_json:
        click.echo(json.dumps({**asdict(found), "found": found.found}, ensure_ascii=False))
        return
    agreement_table(found)


@main.command()
@click.option("--case", type=click.Path(path_type=Path), default=Path("demo.duckdb"), show_default=True)
def demo(case: Path) -> None:
    """Code the bundled sample (Syria, April 2018, written for this project) and show what comes out.

    \b
    Example:
      dragoman demo --case demo.duckdb
    """
    from dragoman.commands.telling import run_demo

    summary = run_demo(case, report=_complain, watch=_progress("coding"))
    click.echo(f"{summary.documents} reports coded into {case}. Go on with:")
    for arguments in (
        "show {} --type THREATEN",
        "positions {}",
        "incidents {}",
        "ledger {}",
        "report {} --to report.html",
        "serve {}",
    ):
        click.echo(f"  dragoman {arguments.format(case)}")
    click.echo(f"The desk is then at http://127.0.0.1:{_PORT}/")


def _work_through(
    into: Callable[..., Summary],
    doing: str,
    inputs: tuple[str, ...],
    target: Path,
    published: str | None,
    publisher: str | None,
    **options: Any,
) -> Summary:
    """Read documents and code or annotate them ``into`` a file."""
    from dragoman.read import read_inputs

    _check_day(published, "--published")
    _check_target(inputs, target)
    documents = read_inputs(inputs, published=published, publisher=publisher)
    with _stoppable(target):
        return into(documents, target, report=_complain, watch=_progress(doing), **options)


def _must_exist(case: Path) -> None:
    """A command that changes a case file must not make an empty one for a slip of the pen."""
    from dragoman.errors import CaseError

    if not case.exists():
        raise CaseError(f"{case}: there is no such case file. Make one with: dragoman code ARTICLES --to {case}")


def _field_and_value(given: str) -> tuple[str, str]:
    field, equals, value = given.partition("=")
    if not equals:
        raise click.BadParameter(f"{given!r} is not FIELD=VALUE, for example type=THREATEN", param_hint="--set")
    return field.strip(), value.strip()


def _add_claim(
    case: Path, document: str, words: str, nth: int | None, fields: tuple[str, ...], *, reason: str, by: str
) -> None:
    from dragoman.commands.adding import add_to, find_words
    from dragoman.store.database import open_case
    from dragoman.store.reviews import history
    from dragoman.tell.review_tables import history_table

    changes = dict(_field_and_value(each) for each in fields)
    full, span = find_words(case, document, words, nth=nth)
    claim = add_to(case, full, span, changes, reason=reason, reviewer=by)
    with open_case(case, read_only=True) as opened:
        history_table(history(opened, claim=claim)[-1:])


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


def _complain(problem: Exception) -> None:
    click.echo(f"dragoman: {visible(str(problem))}", err=True)


def _json_lines(rows: Iterable[Mapping[str, Any]]) -> None:
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False, default=str))


def _passed_over(reasons: Mapping[str, int]) -> None:
    for reason, number in reasons.items():
        click.echo(f"{number} passed over: {visible(reason)}", err=True)


def _leave(failures: int) -> None:
    if failures:
        click.echo(f"{failures} could not be read or coded; they are named above", err=True)
        sys.exit(1)


@contextmanager
def _stoppable(target: Path | str) -> Iterator[None]:
    """Ctrl-C ends the command with one line that says how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo(f"dragoman: stopped. The same command goes on with {target} where this one was", err=True)
        sys.exit(130)


def _cost(summary: Summary) -> str:
    """What it took, where something was done."""
    if not summary.words:
        return ""
    memory = f", {summary.memory / 1e9:.1f} GB of memory" if summary.memory else ""
    return f" ({summary.words:,} words, {summary.words / summary.seconds:,.0f} a second{memory})"


def _progress(what: str) -> Callable[[Iterable[Any]], Iterator[Any]]:
    from dragoman.tell.progress import watch

    return watch(what)
