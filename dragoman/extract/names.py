"""A source's head token goes in, the shortest clear form of its name comes out: "Ana Ruiz", "army sources"."""

from __future__ import annotations

from dragoman.extract.kinds import load_source_words
from dragoman.extract.sources import name_after_outlet
from dragoman.records import Entity, Sentence

_DROPPED = frozenset((
    "the", "a", "an", "some", "several", "many", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "another", "other", "one", "anonymous", "unnamed", "unidentified", "various", "numerous", "its", "his",
    "her", "their", "our", "my", "this", "that", "these", "those", "both", "all",
))  # fmt: skip
# Offices and bodies are known by what they are of: "ministry of defence", "envoy to Libya".
_KEPT_PREPOSITIONS = frozenset(("of", "for", "to"))
# Of sources without a name it tells most where they sit: "sources in the finance ministry".
_PLACING = frozenset(("in", "at", "inside", "within", "from"))
_SMALL = frozenset(("de", "da", "dos", "al", "el", "bin", "ibn", "van", "von", "der", "den", "di", "la", "le"))
_RELATIVE = frozenset(("who", "which", "that", "whom"))


def antecedent(sentence: Sentence, token: int) -> int:
    """The noun that a relative pronoun stands for, or the token itself.

    >>> from dragoman.parse import Parser
    >>> from dragoman.records import Document
    >>> sentence = Parser().parse(Document(id="d", text="The envoy, who said he would stay, left."))[0]
    >>> sentence.words[antecedent(sentence, sentence.words.index("who"))]
    'envoy'
    """
    if sentence.words[token].lower() not in _RELATIVE or sentence.tags[token] not in ("WP", "WDT", "IN", "DT"):
        return token
    for above in sentence.ancestors(token):
        if sentence.deps[above] == "relcl":
            return sentence.heads[above]
    return token


def short_name(sentence: Sentence, head: int) -> str:
    """The name of a person where one is given, else the noun with what tells it from others.

    >>> from dragoman.parse import Parser
    >>> from dragoman.records import Document
    >>> sentence = Parser().parse(Document(id="d", text="Two anonymous army sources in Lima confirmed the raid."))[0]
    >>> short_name(sentence, 3)
    'army sources'
    """
    person = _person_named(sentence, head)
    if person is not None:
        return person
    title = _title_named(sentence, head)
    if title is not None:
        return title
    if sentence.words[head].lower() in _DROPPED | {"most", "none", "each"}:
        for preposition in sentence.with_dep(head, "prep"):
            counted = sentence.child(preposition, "pobj")
            if sentence.words[preposition] == "of" and counted is not None:
                return short_name(sentence, counted)
    tokens = _core(sentence, head)
    while len(tokens) > 1 and sentence.tags[tokens[-1]] == "POS":
        tokens.pop()
    while len(tokens) > 1 and sentence.words[tokens[0]].lower() in _DROPPED:
        tokens = tokens[1:]
    return _text(sentence, tokens)


def is_clear(sentence: Sentence, head: int) -> bool:
    """Does the phrase tell by itself who is meant: "Kenya's foreign minister", and not "the minister"?"""
    tokens = _core(sentence, head)
    return (
        sentence.pos[head] == "PROPN"
        or any(
            sentence.pos[t] == "PROPN" or (sentence.words[t][0].isupper() and t > 0 and sentence.tags[t] == "JJ")
            for t in tokens
        )
        or _person_named(sentence, head) is not None
        or _title_named(sentence, head) is not None
    )


def _person_named(sentence: Sentence, head: int) -> str | None:
    """The person entity that the phrase is headed by, or explained by: "the envoy, Ana Ruiz"."""
    inside = [head, *sentence.with_dep(head, "appos", "compound", "nmod")]
    inside += [c for a in sentence.with_dep(head, "appos") for c in sentence.with_dep(a, "compound", "appos")]
    for token in inside:
        for entity in sentence.entities:
            if entity.label == "PERSON" and entity.first <= token < entity.stop:
                if token != head and sentence.deps[token] in ("compound", "nmod") and entity.stop <= head:
                    continue
                return _entity_text(sentence, entity)
    return _name_at_end(sentence, head)


def _name_at_end(sentence: Sentence, head: int) -> str | None:
    """ "the envoy for Syria, Ana de Souza": the name closes the phrase, wherever the parser hung it."""
    last = max((t for t in sentence.subtree(head) if sentence.pos[t] != "PUNCT"), default=head)
    first = last
    while first > head and sentence.words[first] != ",":
        first -= 1
    name = list(range(first + 1, last + 1))
    is_name = 2 <= len(name) <= 5 and all(sentence.words[t][0].isupper() or sentence.words[t] in _SMALL for t in name)
    if not is_name or sentence.tags[head] != "NN" or sentence.words[first] != "," or sentence.pos[last] != "PROPN":
        return None
    return _text(sentence, name)


def _entity_text(sentence: Sentence, entity: Entity) -> str:
    return _text(sentence, [t for t in range(entity.first, entity.stop) if sentence.tags[t] != "POS"])


def _title_named(sentence: Sentence, head: int) -> str | None:
    """The outlet in "the Tribune newspaper" and "the state broadcaster Radio Sur"."""
    outlet = name_after_outlet(sentence, head)
    if outlet:
        return _text(sentence, outlet)
    kinds = load_source_words().get(sentence.lemmas[head], ())
    run = [head] if sentence.tags[head] in ("NNP", "NNPS") else []
    before = head - 1
    while before >= 0 and _is_name_part(sentence, before) and sentence.heads[before] in (head, before + 1):
        run.insert(0, before)
        before -= 1
    has_name = any(sentence.tags[t] in ("NNP", "NNPS") for t in run)
    if "publisher" in kinds and has_name and sentence.tags[head] not in ("NNP", "NNPS"):
        return _text(sentence, run)
    has_common = before >= 0 and sentence.heads[before] == head and sentence.deps[before] == "compound"
    if has_common and sentence.words[head][0].isupper():
        return _text(sentence, run or [head])
    following = _names_after(sentence, head)
    if "publisher" in kinds and following and sentence.heads[following[-1]] == sentence.heads[head]:
        return _text(sentence, following)
    for named in sentence.with_dep(head, "appos"):
        is_named = sentence.tags[named] == "NNP" and sentence.tags[head] not in ("NNP", "NNPS", "NNS")
        if is_named and ("publisher" in kinds or "person" in kinds or "institution" in kinds):
            return _text(sentence, _name_run(sentence, named))
    return None


def _names_after(sentence: Sentence, head: int) -> list[int]:
    """ "the newspaper Kommersant", where the parser takes noun and name for two subjects."""
    stop = head + 1
    while stop < len(sentence) and sentence.tags[stop] in ("NNP", "NNPS"):
        stop += 1
    return list(range(head + 1, stop))


def _is_name_part(sentence: Sentence, token: int) -> bool:
    return sentence.words[token][0].isupper() and sentence.deps[token] in ("compound", "nmod", "amod")


def _name_run(sentence: Sentence, head: int) -> list[int]:
    """The name around ``head``: capitals, and the small words of "Ana de Souza"."""
    inside = [t for t in sentence.subtree(head) if t <= head]
    return [t for t in inside if sentence.words[t][0].isupper() or sentence.deps[t] == "compound"]


def _core(sentence: Sentence, head: int) -> list[int]:
    """The noun with its modifiers, and "of …"."""
    found, todo = [head], [head]
    nameless = "anonymous" in load_source_words().get(sentence.lemmas[head], ())
    nameless = nameless and sentence.child(head, "compound", "poss") is None
    kept = _KEPT_PREPOSITIONS | _PLACING if nameless else _KEPT_PREPOSITIONS
    while todo:
        token = todo.pop()
        for child in sentence.children[token]:
            dep = sentence.deps[child]
            if dep in ("relcl", "acl", "appos", "advcl", "ccomp", "parataxis", "punct", "advmod", "npadvmod"):
                continue
            is_near = sentence.words[token].lower() == "close" and token > head
            if dep == "prep" and not is_near and (token != head or sentence.words[child].lower() not in kept):
                continue
            if dep == "cc" and not any(sentence.deps[c] == "conj" for c in sentence.children[token]):
                continue
            found.append(child)
            todo.append(child)
    found.sort()
    return list(range(found[0], found[-1] + 1)) if len(found) > 1 else found


def _text(sentence: Sentence, tokens: list[int]) -> str:
    parts = []
    for place, token in enumerate(tokens):
        glued = place > 0 and sentence.starts[token] == sentence.ends[tokens[place - 1]]
        parts.append(sentence.words[token] if glued or place == 0 else f" {sentence.words[token]}")
    return "".join(parts).strip(' ,;:“”"')
