#!/usr/bin/env python3
"""Rebuild the judge from the sentences in the repository: ``make train``.

In: codebooks/judge/sentences*.tsv (TYPE, tab, sentence with [A:…] and [R:…]) and the examples of all patterns.
Out: codebooks/judge/weights.tsv and, beside it, report.md with what cross-validation says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import classification_report
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from dragoman.coder import Coder
from dragoman.coding.codebook import load_codebook
from dragoman.coding.features import features
from dragoman.coding.relate import given_mention
from dragoman.parse import Parser
from dragoman.records import Document, Sentence, Span

FOLDER = Path(__file__).parent.parent / "dragoman" / "codebooks" / "judge"
STRENGTH = 25.0
SMALLEST = 0.02
_MARK = re.compile(r"\[([AR]):([^\]]*)\]")


def main() -> None:
    """Read, train, report, write."""
    found = [*from_sentences(), *from_examples()]
    names = without_rare([names for _, names, _ in found])
    types = np.array([event_type for event_type, _, _ in found])
    steps = make_pipeline(
        DictVectorizer(), TfidfTransformer(), LogisticRegression(C=STRENGTH, max_iter=500, class_weight="balanced")
    )
    # The same words may stand twice with other marks: they belong into one fold.
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=1)
    guessed = cross_val_predict(steps, names, types, cv=folds, groups=[text for _, _, text in found])
    report = classification_report(types, guessed, digits=3)
    steps.fit(names, types)
    size = write_weights(*(step for _, step in steps.steps))
    head = f"{len(found)} sentences, {size} features kept; five-fold cross-validation:"
    text = f"# The judge's training report\n\n{head}\n\n```\n{report}```\n"
    (FOLDER / "report.md").write_text(text, encoding="utf-8")
    print(text)


def without_rare(rows: list[dict[str, float]]) -> list[dict[str, float]]:
    """Word pairs and frames that stand in one sentence only teach nothing and fill the file."""
    seen = Counter(name for names in rows for name in names)
    return [
        {name: value for name, value in names.items() if seen[name] > 1 or not name.startswith(("pair=", "frame "))}
        for names in rows
    ]


def from_sentences() -> Iterator[tuple[str, dict[str, float], str]]:
    """The labelled sentences as (type, features, text)."""
    rows = [
        (file.name, number, line)
        for file in sorted(FOLDER.glob("sentences*.tsv"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if line.strip() and not line.startswith("#")
    ]
    marked = [read_marks(line.split("\t", 1)[1]) for _, _, line in rows]
    documents = (Document(id=f"{name}:{number}", text=m[0]) for (name, number, _), m in zip(rows, marked, strict=True))
    for (_, _, line), (text, actor, recipient), (_, sentences) in zip(
        rows, marked, Parser().pipe(documents), strict=True
    ):
        sentence = closest(sentences, actor, recipient)
        pair = given_mention(sentence, actor, "actor"), given_mention(sentence, recipient, "recipient")
        yield line.split("\t", 1)[0], features(sentence, *pair, load_codebook()), text


def from_examples() -> Iterator[tuple[str, dict[str, float], str]]:
    """The codebook's examples in which the coder finds both parties by the pattern's own type."""
    coder = Coder(with_judge=False)
    patterns = {pattern.id: pattern for pattern in load_codebook().patterns}
    documents = [Document(id=p.id, text=p.example, published="2018-04-12") for p in patterns.values()]
    for document, sentences in coder.parse_all(documents):
        for claim in coder.code_sentences(document, sentences):
            event = claim.event
            actor, recipient = event.actor, event.recipient
            if event.type != patterns[document.id].type or actor is None or recipient is None:
                continue
            if recipient.sentence == claim.sentence:
                found = features(sentences[claim.sentence], actor, recipient, coder.codebook)
                yield event.type, found, document.text
                break


def read_marks(text: str) -> tuple[str, Span, Span]:
    """The sentence without its marks, and the spans of actor and recipient."""
    out, at = "", 0
    spans: dict[str, Span] = {}
    for mark in _MARK.finditer(text):
        out += text[at : mark.start()]
        spans[mark.group(1)] = (len(out), len(out) + len(mark.group(2)))
        out += mark.group(2)
        at = mark.end()
    return out + text[at:], spans["A"], spans["R"]


def closest(sentences: tuple[Sentence, ...], actor: Span, recipient: Span) -> Sentence:
    """The sentence that holds both spans, else the one that holds the actor's."""
    return max(sentences, key=lambda s: sum(s.span[0] <= span[0] < s.span[1] for span in (actor, recipient, actor)))


def write_weights(vectorizer: DictVectorizer, tfidf: TfidfTransformer, model: LogisticRegression) -> int:
    """The features whose weight for any type is not negligible, one a line."""
    lines = ["\t".join(("feature", "rarity", *model.classes_))]
    lines.append("\t".join(("bias", "1", *(f"{b:.3f}" for b in model.intercept_))))
    for column, name in enumerate(vectorizer.get_feature_names_out()):
        weights = model.coef_[:, column]
        if np.abs(weights).max() * tfidf.idf_[column] >= SMALLEST * 10:
            lines.append("\t".join((name, f"{tfidf.idf_[column]:.3f}", *(f"{w:.2f}" for w in weights))))
    (FOLDER / "weights.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines) - 2


if __name__ == "__main__":
    main()
