"""An attribution goes in; whom its source cites for it comes out: "the agency reported, **citing two officials**"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.extract.kinds import is_mere_data, kind_of
from dragoman.extract.sources import make_source
from dragoman.records import Attribution, Sentence

_CITING = frozenset(("cite", "quote"))
_CLAUSES = ("acl", "advcl", "relcl")


def cited_by(sentences: Sequence[Sentence], attributions: Sequence[Attribution], number: int) -> Iterator[Attribution]:
    """The same content as told by those whom the source of attribution ``number`` cites or quotes for it.

    >>> from dragoman.parse import Parser
    >>> from dragoman.records import Document
    >>> from dragoman.extract.attributions import find_attributions
    >>> d = Document(id="d", text="Lima had sent ships, the agency reported, citing two admirals.")
    >>> s = Parser().parse(d)
    >>> found = find_attributions(d, s)
    >>> [d.text[slice(*each.source)] for each in cited_by(s, found, 0)]
    ['two admirals']
    """
    attribution = attributions[number]
    if attribution.source_token is None or attribution.cue_token is None:
        return
    index = attribution.source_token[0]
    sentence = sentences[index]
    heads = {attribution.source_token[1]}
    if attribution.cue_token[0] == index:
        heads.add(attribution.cue_token[1])
    for verb in (v for head in sorted(heads) for v in _clauses_of(sentence, head)):
        if sentence.lemmas[verb] not in _CITING or verb == attribution.cue_token[1]:
            continue
        for first in sentence.with_dep(verb, "dobj"):
            if "saying" in (sentence.words[t].lower() for t in sentence.subtree(verb)):
                # "Quoting him as saying …" is an attribution of its own.
                continue
            for token in sentence.conjuncts(first):
                kind, _ = kind_of(sentence, token)
                if kind is None or kind == "unspecified" or is_mere_data(sentence, token):
                    continue
                source = make_source(sentence, token)
                yield replace(
                    attribution,
                    source=sentence.span_of(source.first, source.stop),
                    cue=sentence.span_of(verb, verb + 1),
                    parent=number,
                    source_token=(index, token),
                    cue_token=(index, verb),
                    kind=kind,
                )


def _clauses_of(sentence: Sentence, head: int) -> Iterator[int]:
    """The clauses below a source or cue, and those hung on what is reported: "said, citing X, that"."""
    yield from sentence.with_dep(head, *_CLAUSES)
    for content in sentence.with_dep(head, "ccomp"):
        mark = sentence.child(content, "mark")
        yield from (v for v in sentence.with_dep(content, "advcl") if mark is not None and head < v < mark)
