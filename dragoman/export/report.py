"""What the analyses of a case found goes in, one page of HTML comes out that a person can read in two minutes.

The page holds everything it needs: no script, no font, no picture from elsewhere.  Text of articles is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from importlib import resources
from typing import Any

Row = Mapping[str, Any]
_WIDTH, _HEIGHT, _MARGIN = 640, 150, 30
_MOST_POINTS, _MOST_MOVES = 120, 4


@dataclass(frozen=True, slots=True)
class Findings:
    """What a report tells: plain rows, as the analyses give them.

    ``case`` has name, documents, claims, outlets, first_day, last_day, version and codebook; ``lines`` gives for a pair
    (actor, target) its days with acts, words and conditionals.
    """

    case: Row
    positions: Sequence[Row]
    lines: Mapping[tuple[str, str], Sequence[Row]]
    incidents: Sequence[Row]
    contested: Sequence[Row]
    ledger: Sequence[Row]
    contacts: Sequence[Row]


def report_page(findings: Findings) -> str:
    """The page as text."""
    case = findings.case
    span = "undated" if case["first_day"] is None else f"{case['first_day']} to {case['last_day']}"
    body = [
        f"<h1>{_text(case['name'])}</h1>",
        f"<p class='lead'>{case['documents']} reports of {case['outlets']} outlets, {span}; "
        f"{case['claims']} claims.</p>",
        _section("What changed", _moves(findings)),
        _section("Who told it, and on whose word", _told(findings.incidents)),
        _section("Threats, promises, demands and denials", _ledger(findings.ledger)),
        _section("What is contested", _contested(findings.contested)),
        _section("Channels that were in use", _contacts(findings.contacts)),
        "<footer><p>Coded by dragoman "
        f"{_text(case['version'])}, codebook {_text(case['codebook'])}. A happening counts once for each independent "
        "origin: retellings of one source and copies of one text add nothing. Intensity is PLOVER's, from -10 "
        "(conflict) to +10 (cooperation). Nobody's credibility is scored, and nothing here decides who is right: each "
        "line can be followed to its claim by its id, with <code>dragoman explain</code>.</p></footer>",
    ]
    style = resources.files("dragoman.export").joinpath("report.css").read_text(encoding="utf-8")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>"
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{_text(case['name'])}</title><style>{style}</style></head>\n<body><main>\n"
        + "\n".join(body)
        + "\n</main></body></html>\n"
    )


def _section(title: str, content: str) -> str:
    return f"<section><h2>{title}</h2>\n{content}</section>"


def _moves(findings: Findings) -> str:
    moved = [row for row in findings.positions if row["shifts"]]
    parts = []
    for row in moved:
        for shift in row["shifts"][-_MOST_MOVES:]:
            days = f"{shift['earliest']} to {shift['latest']}" if shift["earliest"] != shift["latest"] else shift["day"]
            firm = (
                "It is still there whichever single source is left out."
                if shift["survives"]
                else f"It rests on {_text(shift['rests_on'])}: without it too little is told, or nothing moved."
            )
            parts.append(
                f"<h3>{_text(row['actor'])} towards {_text(row['target'])} turned {shift['direction']} "
                f"on {shift['day']}</h3>"
                f"<p>From {shift['before']:+.1f} ({shift['happenings_before']} happenings) to {shift['after']:+.1f} "
                f"({shift['happenings_after']}); 90 % interval {days}; probability {shift['probability']:.2f}. {firm} "
                f"Told most by {_ids(shift['carriers'])}.</p>"
            )
        line = _thinned(findings.lines.get((row["actor"], row["target"]), ()))
        parts.append(_plot(line, row["shifts"][-_MOST_MOVES:], row))
    if not moved:
        parts.append("<p>No position moved as far as these reports tell, or too little is told to say so.</p>")
    rest = [row for row in findings.positions if not row["shifts"]]
    cells = [
        (row["actor"], row["target"], *(_mean(row, sort) for sort in ("act", "word", "conditional")), row["origins"],
         "no move found" if row["evidence"] == "enough evidence" else "too little told")
        for row in rest
    ]  # fmt: skip
    heads = ("actor", "towards", "acts", "words", "planned or conditional", "origins", "")
    return "".join(parts) + (_table(heads, cells) if cells else "")


def _told(rows: Sequence[Row]) -> str:
    if not rows:
        return "<p>No happening is told by more than one report.</p>"
    most = max(row["reports"] for row in rows)
    cells = [
        (
            _days(row),
            _Markup(f"<b>{_text(row['actor_name'] or '?')}</b> {row['type']} {_text(row['recipient_name'] or '–')}"),
            _Markup(_bars(row["reports"], row["origins"], most)),
            ", ".join(row["origin_names"]),
            row["id"][:8],
        )
        for row in rows
    ]
    legend = "<p>The light bar counts reports, the dark one the independent origins that they come from.</p>"
    return legend + _table(("days", "who, what, whom", "reports and origins", "origins", ""), cells)


def _ledger(rows: Sequence[Row]) -> str:
    if not rows:
        return "<p>None were told of.</p>"
    cells = [
        (
            row["day"],
            _Markup(
                f"<b>{_text(row['actor'])}</b> to {_text(row['target'] or 'nobody named')}: {row['kind']}"
                f"<q>{_text(row['sentence_text'])}</q>"
            ),
            _Markup(
                f"<b class='{row['outcome'].replace(' ', '-')}'>{row['outcome']}</b><br>{_text(row['reason'])}"
                + (f"<q>{_text(row['later_sentence'])}</q>" if row["later_sentence"] else "")
            ),
        )
        for row in rows
    ]
    return "<p>What is open has not failed: no later report tells of it.</p>" + _table(
        ("day", "said", "came of it"), cells
    )


def _contested(rows: Sequence[Row]) -> str:
    if not rows:
        return "<p>No happening is told by some and denied by others.</p>"
    parts = []
    for row in rows:
        parts.append(
            f"<h3>{_text(row['actor_name'] or '?')} {row['type']} {_text(row['recipient_name'] or '–')}, "
            f"{_days(row)}</h3><ul>"
        )
        for claim in row["told"]:
            chain = " &gt; ".join(_text(link["name"]) for link in claim["sources"])
            word = "denied" if claim["status"] == "negated" else claim["status"]
            said = f"{_text(claim['publisher'] or 'unknown publisher')}{', ' + chain if chain else ''}"
            parts.append(f"<li><b>{word}</b> by {said}: <q>{_text(claim['sentence_text'])}</q></li>")
        parts.append("</ul>")
    return "".join(parts)


def _contacts(rows: Sequence[Row]) -> str:
    used = [row for row in rows if row["uses"]]
    if not used:
        return "<p>None were told of.</p>"
    cells = [
        (f"{row['one']} and {row['other']}", row["channel"], row["uses"], row["first_use"], row["last_use"],
         ", ".join(row["vouched_by"] or ()))
        for row in used
    ]  # fmt: skip
    return _table(("between", "channel", "uses", "first", "last", "vouched for by"), cells)


def _plot(days: Sequence[Row], shifts: Sequence[Row], row: Row) -> str:
    """Values day by day: squares for acts, discs for words, rings for what is planned; the levels as lines."""
    if not days:
        return ""
    first, last = days[0]["period"].toordinal(), max(days[-1]["period"].toordinal(), days[0]["period"].toordinal() + 1)

    def x(day: date) -> float:
        return float(_MARGIN + (day.toordinal() - first) / (last - first) * (_WIDTH - 2 * _MARGIN))

    def y(intensity: float) -> float:
        return _HEIGHT / 2 - intensity / 10 * (_HEIGHT / 2 - 12)

    marks = [f"<line class='axis' x1='{_MARGIN}' x2='{_WIDTH - _MARGIN}' y1='{y(0)}' y2='{y(0)}'/>"]
    edges = [_MARGIN, *(x(shift["day"]) for shift in shifts), _WIDTH - _MARGIN]
    levels = [*(shift["before"] for shift in shifts), *(shift["after"] for shift in shifts[-1:])]
    for at in edges[1:-1]:
        marks.append(f"<line class='move' x1='{at:.1f}' x2='{at:.1f}' y1='8' y2='{_HEIGHT - 8}'/>")
    for level, left, right in zip(levels, edges, edges[1:], strict=False):
        height = y(level)
        marks.append(f"<line class='level' x1='{left:.1f}' x2='{right:.1f}' y1='{height:.1f}' y2='{height:.1f}'/>")
    for day in days:
        left = x(day["period"])
        for sort in ("act", "word", "conditional"):
            number, value = day[f"{sort}s"], day[f"{sort}_intensity"]
            if value is None:
                continue
            size, height = 3 + min(number, 9) ** 0.5, y(value)
            told = f"<title>{day['period']}: {number} {sort}s, {value:+.1f}</title>"
            if sort == "act":
                marks.append(
                    f"<rect class='act' x='{left - size:.1f}' y='{height - size:.1f}' width='{2 * size:.1f}' "
                    f"height='{2 * size:.1f}'>{told}</rect>"
                )
            else:
                marks.append(f"<circle class='{sort}' cx='{left:.1f}' cy='{height:.1f}' r='{size:.1f}'>{told}</circle>")
    ends = "".join(
        f"<text x='{place}' y='{_HEIGHT - 2}' text-anchor='{anchor}'>{day['period']}</text>"
        for place, anchor, day in ((_MARGIN, "start", days[0]), (_WIDTH - _MARGIN, "end", days[-1]))
    )
    sides = f"<text x='2' y='14'>+10</text><text x='2' y='{_HEIGHT - 16}'>-10</text>"
    label = f"How {_text(row['actor'])} acted and spoke towards {_text(row['target'])}, day by day"
    return (
        f"<figure><svg viewBox='0 0 {_WIDTH} {_HEIGHT}' role='img' aria-label='{label}'>"
        f"{''.join(marks)}{ends}{sides}</svg>"
        "<figcaption>Squares are acts, discs words, rings what is planned or conditional; larger where more is told. "
        "Lines are the levels before and after.</figcaption></figure>"
    )


def _thinned(days: Sequence[Row]) -> list[Row]:
    """At most so many points: of a long line each stands for several days, with their mean."""
    step = -(-len(days) // _MOST_POINTS)
    return [_mean_day(days[start : start + step]) for start in range(0, len(days), max(step, 1))]


def _mean_day(days: Sequence[Row]) -> Row:
    mean: dict[str, Any] = {"period": days[len(days) // 2]["period"]}
    for sort in ("act", "word", "conditional"):
        number = sum(day[f"{sort}s"] for day in days)
        total = sum(day[f"{sort}s"] * (day[f"{sort}_intensity"] or 0) for day in days)
        mean |= {f"{sort}s": number, f"{sort}_intensity": total / number if number else None}
    return mean


def _bars(reports: int, origins: int, most: int) -> str:
    width = 120 / most
    return (
        f"<svg class='bars' viewBox='0 0 150 14' role='img' aria-label='{reports} reports, {origins} origins'>"
        f"<rect class='reports' width='{reports * width:.1f}' height='12' y='1'/>"
        f"<rect class='origins' width='{min(origins, reports) * width:.1f}' height='6' y='4'/>"
        f"<text x='{reports * width + 4:.1f}' y='11'>{reports}, {origins}</text></svg>"
    )


class _Markup(str):
    """HTML that is escaped already."""


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    head = "".join(f"<th>{name}</th>" for name in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{cell if isinstance(cell, _Markup) else _text(cell)}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f"<div class='wide'><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def _mean(row: Row, sort: str) -> str:
    value = row[f"{sort}_intensity"]
    return "–" if value is None else f"{value:+.1f} ({row[f'{sort}s']})"


def _days(row: Row) -> str:
    return str(row["first_day"]) if row["first_day"] == row["last_day"] else f"{row['first_day']} to {row['last_day']}"


def _ids(claims: Iterable[str]) -> str:
    return ", ".join(f"<code>{_text(claim[:8])}</code>" for claim in claims)


def _text(value: object) -> str:
    return escape(str(value).replace("\n", " "))
