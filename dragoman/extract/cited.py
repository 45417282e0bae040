"""An attribution goes in, those who stand behind its source or hold it out come out.

Whom the source cites: "the agency reported, **citing two officials**"; who shows a document: "minutes seen by **the
Herald**".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.extract.kinds import is_mere_data, kind_of
from dragoman.extract.sources import make_source
from dragoman.extract.speakers import find_agent
from dragoman.records import Attribution, Sentence

_CITING = frozenset(("cite", "quote"))
_SEEING = frozenset((
    "see", "obtain", "review", "view", "examine", "read", "leak", "publish", "release", "circulate", "compile", "issue",
    "print", "air", "broadcast", "post", "carry",
))  # fmt: skip
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
    verbs = [v for head in sorted(heads) for v in _clauses_of(sentence, head) if v != attribution.cue_token[1]]
    if attribution.cue is not None and all(end <= attribution.cue[0] for _, end in attribution.content):
        # "It had sent ships, the Herald quoted an admiral as saying."
        verbs.append(attribution.cue_token[1])
    for verb in verbs:
        if sentence.lemmas[verb] not in _CITING:
            continue
        is_last = verb == attribution.cue_token[1]
        if not is_last and "saying" in (sentence.words[t].lower() for t in sentence.subtree(verb)):
            # "Quoting him as saying …" is an attribution of its own.
            continue
        for token in (t for first in sentence.with_dep(verb, "dobj") for t in sentence.conjuncts(first)):
            kind, _ = kind_of(sentence, token)
            if kind is None or kind == "unspecified" or is_mere_data(sentence, token):
                continue
            yield replace(_told_by(attribution, sentence, index, token, verb), parent=number, kind=kind)


def shown_by(sentences: Sequence[Sentence], attributions: Sequence[Attribution], number: int) -> Iterator[Attribution]:
    """The same content as told by whoever has seen or printed the document that attribution ``number`` names.

    >>> from dragoman.parse import Parser
    >>> from dragoman.records import Document
    >>> from dragoman.extract.attributions import find_attributions
    >>> d = Document(id="d", text="A memo obtained by the Herald showed that Lima had sent ships.")
    >>> s = Parser().parse(d)
    >>> found = find_attributions(d, s)
    >>> [d.text[slice(*each.source)] for each in shown_by(s, found, 0)]
    ['the Herald']
    """
    attribution = attributions[number]
    if attribution.source_token is None or attribution.kind != "document":
        return
    index, head = attribution.source_token
    sentence = sentences[index]
    for verb in sentence.with_dep(head, "acl"):
        agent = find_agent(sentence, verb)
        if agent is None or sentence.lemmas[verb] not in _SEEING:
            continue
        yield _told_by(attribution, sentence, index, agent, verb)


def _told_by(attribution: Attribution, sentence: Sentence, index: int, token: int, verb: int) -> Attribution:
    """The same content as told by the source at ``token`` of sentence ``index``, with ``verb`` as its cue."""
    source = make_source(sentence, token)
    return replace(
        attribution,
        source=sentence.span_of(source.first, source.stop),
        cue=sentence.span_of(verb, verb + 1),
        source_token=(index, token),
        cue_token=(index, verb),
        kind=source.kind,
    )


def _clauses_of(sentence: Sentence, head: int) -> Iterator[int]:
    """The clauses below a source or cue, and those hung on what is reported: "said, citing X, that"."""
    yield from sentence.with_dep(head, *_CLAUSES)
    for content in sentence.with_dep(head, "ccomp"):
        mark = sentence.child(content, "mark")
        yield from (v for v in sentence.with_dep(content, "advcl") if mark is not None and head < v < mark)
