"""How well incidents gather: B-cubed, MUC, CEAF-e and their mean (CoNLL) against chains of event mentions.

    python tools/measure_incidents.py MENTIONS.jsonl      (needs scipy)

A line is {"id", "topic", "sentences": [[token, …], …] or {"number": [token, …]}, "mentions": [{"chain", "sent",
"tokens"}]}.  Texts without a date are given one day a topic.  Only mentions on which a claim stands are compared:
how many that are is printed beside the figures.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from dragoman.analyse.incidents import gather
from dragoman.commands.coding import code_into
from dragoman.records import Document
from dragoman.store.database import open_case


def main(path: Path) -> None:
    """Code the texts, gather the incidents, print the figures."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    topics = sorted({row["topic"] for row in rows})
    documents, gold = [], {}
    for row in rows:
        text, places = _lay_out(row)
        day = date(2018, 1, 1) + timedelta(days=10 * topics.index(row["topic"]))
        documents.append(Document(id=row["id"], text=text, published=day.isoformat(), publisher=row["id"]))
        for mention in row["mentions"]:
            for token in mention["tokens"]:
                place = places.get((int(mention["sent"]), token))
                if place is not None:
                    gold[row["id"], place] = row["topic"] + mention["chain"]
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case.duckdb"
        code_into(documents, case)
        with open_case(case) as opened:
            gather(opened)
            found = opened.rows(
                "SELECT claims.document, claims.trigger_start AS place, coalesce(incident, claims.id) AS incident "
                "FROM reviewed AS claims LEFT JOIN told ON told.claim = claims.id ORDER BY claims.id"
            )
    ours: dict[tuple[str, int], str] = {}
    for claim in found:
        ours.setdefault((claim["document"], claim["place"]), claim["incident"])
    both = sorted(set(gold) & set(ours))
    chains, incidents = [gold[each] for each in both], [ours[each] for each in both]
    print(f"{len(rows)} texts, {len(gold)} words of gold mentions, {len(both)} with a claim on them")
    for name, clusters in (("ours", incidents), ("nothing gathered at all", [str(each) for each in both])):
        figures = {metric.__name__: metric(chains, clusters) for metric in (b_cubed, muc, ceaf_e)}
        told = ", ".join(f"{metric} P {p:.3f} R {r:.3f} F1 {_f1(p, r):.3f}" for metric, (p, r) in figures.items())
        print(f"{name}: {told}, CoNLL F1 {sum(_f1(*each) for each in figures.values()) / len(figures):.3f}")


def b_cubed(gold: Sequence[str], ours: Sequence[str]) -> tuple[float, float]:
    """Mean precision and recall over mentions: how much of each one's cluster is right, and how much was found.

    >>> b_cubed(["a", "a", "b"], ["x", "x", "x"])[1]
    1.0
    """
    by_gold, by_ours = defaultdict(set), defaultdict(set)
    for number, (one, other) in enumerate(zip(gold, ours, strict=True)):
        by_gold[one].add(number)
        by_ours[other].add(number)
    pairs = [(by_gold[one], by_ours[other]) for one, other in zip(gold, ours, strict=True)]
    if not pairs:
        return 0.0, 0.0
    common = [len(one & other) for one, other in pairs]
    return (
        sum(n / len(other) for n, (_, other) in zip(common, pairs, strict=True)) / len(pairs),
        sum(n / len(one) for n, (one, _) in zip(common, pairs, strict=True)) / len(pairs),
    )


def muc(gold: Sequence[str], ours: Sequence[str]) -> tuple[float, float]:
    """Precision and recall of the links between mentions (Vilain and others 1995).

    >>> muc(["a", "a", "a", "b"], ["x", "x", "y", "y"])
    (0.5, 0.5)
    """

    def links_kept(whole: Sequence[str], cut: Sequence[str]) -> float:
        parts: dict[str, list[str]] = defaultdict(list)
        for one, other in zip(whole, cut, strict=True):
            parts[one].append(other)
        links = sum(len(each) - 1 for each in parts.values())
        return sum(len(each) - len(set(each)) for each in parts.values()) / links if links else 0.0

    return links_kept(ours, gold), links_kept(gold, ours)


def ceaf_e(gold: Sequence[str], ours: Sequence[str]) -> tuple[float, float]:
    """Precision and recall of whole clusters, each paired with one of the other side at best (Luo 2005, phi 4).

    >>> ceaf_e(["a", "a", "b"], ["x", "x", "y"])
    (1.0, 1.0)
    """
    by_gold, by_ours = defaultdict(set), defaultdict(set)
    for number, (one, other) in enumerate(zip(gold, ours, strict=True)):
        by_gold[one].add(number)
        by_ours[other].add(number)
    if not by_gold:
        return 0.0, 0.0
    likeness = np.zeros((len(by_gold), len(by_ours)))
    column = {name: number for number, name in enumerate(by_ours)}
    for row, (_, members) in enumerate(by_gold.items()):
        for name in {ours[member] for member in members}:
            other = by_ours[name]
            likeness[row, column[name]] = 2 * len(members & other) / (len(members) + len(other))
    total = float(likeness[linear_sum_assignment(likeness, maximize=True)].sum())
    return total / len(by_ours), total / len(by_gold)


def _lay_out(row: dict[str, Any]) -> tuple[str, dict[tuple[int, int], int]]:
    """The text of tokens joined by spaces, and where each token starts."""
    sentences = row["sentences"]
    numbered = sentences.items() if isinstance(sentences, dict) else enumerate(sentences)
    text, places = "", {}
    for number, tokens in sorted((int(number), tokens) for number, tokens in numbered):
        for place, token in enumerate(tokens):
            if token.strip() and token != "\\n":
                places[number, place] = len(text)
                text += token + " "
        text = text.rstrip() + "\n\n"
    return text, places


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


if __name__ == "__main__":
    main(Path(sys.argv[1]))
