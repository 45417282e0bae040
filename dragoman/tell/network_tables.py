"""A network of parties goes in, a table of where each stands in it is printed."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from dragoman.analyse.network import Network
from dragoman.tell.console import a_console, a_table


def network_table(network: Network, limit: int, console: Console | None = None) -> None:
    """The network in a line, then its most tied parties."""
    console = console or a_console()
    whole = network.whole
    if not whole["parties"]:
        console.print("No two parties act or speak towards each other in dated reports of that time.")
        return
    console.print(
        f"{whole['parties']} parties, {whole['ties']} ties; density {whole['density']:.2f}, "
        f"{whole['reciprocity']:.0%} of ties returned, transitivity {whole['transitivity']:.2f}, "
        f"{whole['communities']} communities (modularity {whole['modularity']:.2f})"
    )
    table = a_table()
    table.add_column("party", no_wrap=True)
    for name in ("partners", "given", "received", "betweenness", "clustering", "community"):
        table.add_column(name, justify="right")
    for row in network.parties[:limit]:
        table.add_row(
            Text(row["party"]),
            *(str(row[name]) for name in ("partners", "given", "received")),
            f"{row['betweenness']:.3f}",
            f"{row['clustering']:.2f}",
            str(row["community"]),
        )
    console.print(table)
    console.print(
        f"{min(limit, len(network.parties))} of {len(network.parties)}; given and received: happenings, told as done; "
        "betweenness: the share of shortest ways that lead through it; clustering: how many of its partners are tied",
        style="dim",
    )
