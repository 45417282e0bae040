"""A token goes in, the chain of who vouches for it comes out: "the Herald, then army sources"."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.extract.cited import cited_by, shown_by
from dragoman.extract.complements import complement_of_verb
from dragoman.extract.names import antecedent, is_clear, short_name
from dragoman.extract.reporting import PREPOSITIONS, Cue, cue_at
from dragoman.extract.speakers import is_passive
from dragoman.records import (
    Attribution,
    Document,
    Mention,
    Quoted,
    Sentence,
    SourceChain,
    SourceKind,
    SourceLink,
    Span,
    Token,
)

_UNSPECIFIED = "unspecified"
_SINGULAR = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself"))
_PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
_NEUTER = frozenset(("it", "its", "itself"))
_FIRST = frozenset(("i", "we", "me", "us", "my", "our"))
_PRONOUNS = _SINGULAR | _PLURAL | _NEUTER | _FIRST
_ARTICLES = frozenset(("the", "this", "that", "these", "those"))
_OUTLET_NOISE = frozenset(("the", "newspaper", "news", "agency", "website", "tv", "television"))


def build_chain(
    document: Document,
    sentences: Sequence[Sentence],
    attributions: Sequence[Attribution],
    token: Token,
    mentions: Sequence[Mention],
    *,
    speaker_included: bool = True,
) -> tuple[SourceChain, Quoted, tuple[int, ...]]:
    """Who vouches for the predicate at ``token``, outermost first; whether in quotation marks; by which attributions.

    The article's own publisher is left out.  With ``speaker_included=False`` those who merely vow,
    ask or deny what the token tells ("Ankara vowed to strike") are left out too, and only those
    remain who report it.

    >>> from dragoman.parse import Parser
    >>> from dragoman.extract.attributions import find_attributions
    >>> report = Document(id="d", text="Lima said that Quito had promised to free the pilot.")
    >>> sentences = Parser().parse(report)
    >>> chain, quoted, _ = build_chain(report, sentences, find_attributions(report, sentences), (0, 7), ())
    >>> [link.name for link in chain], quoted
    (['Lima', 'Quito'], 'indirect')
    """
    holding = _holding(sentences, attributions, token)
    vouching = [n for n in holding if _vouches(sentences, attributions[n], speaker_included=speaker_included)]
    vouching = _without_own_saying(sentences, attributions, vouching, token)
    quoted = _quoted(document, sentences, attributions, vouching, token)
    if quoted != "direct" and vouching and _is_presupposed(sentences, attributions, vouching, token):
        return (), "none", ()
    links: list[SourceLink] = []
    meant: str | None = None
    for number in vouching:
        link = _link(document, sentences, attributions, number, mentions, links)
        if _is_publisher(link.name, document.publisher):
            continue
        for shown in shown_by(sentences, attributions, number):
            holder = _link(document, sentences, (*attributions, shown), len(attributions), mentions, links)
            if not _is_publisher(holder.name, document.publisher):
                links.append(holder)
        actor = _actor_meant(sentences, attributions[number], mentions)
        if not links or not (_is_same(links[-1], link) or (actor is not None and actor == meant)):
            links.append(link)
            meant = actor
        for cited in cited_by(sentences, attributions, number):
            link = _link(document, sentences, (*attributions, cited), len(attributions), mentions, links)
            if not _is_same(links[-1], link):
                links.append(link)
    return tuple(links), quoted, tuple(vouching)


def _actor_meant(sentences: Sequence[Sentence], attribution: Attribution, mentions: Sequence[Mention]) -> str | None:
    """The actor that the source's head was resolved to."""
    if attribution.source_token is None or attribution.kind == "anonymous":
        return None
    index, token = attribution.source_token
    mention = _mention_at(mentions, index, antecedent(sentences[index], token))
    return mention.actor.name if mention is not None else None


def _holding(sentences: Sequence[Sentence], attributions: Sequence[Attribution], token: Token) -> list[int]:
    """The attributions whose content holds the token, outermost first; a cue is not inside its own content."""
    at = sentences[token[0]].starts[token[1]]
    found = []
    for number, attribution in enumerate(attributions):
        if attribution.cue_token == token or (attribution.cue and attribution.cue[0] <= at < attribution.cue[1]):
            continue
        if any(start <= at < end for start, end in attribution.content):
            found.append(number)
    return sorted(found, key=lambda n: (-_length(attributions[n].content), _depth(attributions, n), n))


def _length(content: Sequence[Span]) -> int:
    return sum(end - start for start, end in content)


def _depth(attributions: Sequence[Attribution], number: int) -> int:
    depth, parent = 0, attributions[number].parent
    while parent is not None:
        depth, parent = depth + 1, attributions[parent].parent
    return depth


def _vouches(sentences: Sequence[Sentence], attribution: Attribution, *, speaker_included: bool) -> bool:
    """Does the source commit itself to the content, and not merely like, want or know it?"""
    if attribution.stance == "none" or (not speaker_included and attribution.stance in ("intend", "ask", "deny")):
        return False
    if attribution.source_token is not None and _is_nobody(sentences, attribution.source_token):
        return False
    if attribution.cue_token is None:
        return True
    sentence, token = sentences[attribution.cue_token[0]], attribution.cue_token[1]
    cue = cue_at(sentence, token)
    if cue is not None and cue.vouches == "no":
        return False
    return attribution.stance != "assert" or not _is_supposed(sentence, token)


def _is_nobody(sentences: Sequence[Sentence], source: Token) -> bool:
    """ "Nobody has confirmed", "no official would say"."""
    sentence, head = sentences[source[0]], source[1]
    if sentence.words[head].lower() in ("nobody", "none"):
        return True
    return any(sentence.words[c].lower() == "no" for c in sentence.with_dep(head, "det"))


def _is_supposed(sentence: Sentence, verb: int) -> bool:
    """Is it "if Lima says …" or "not to think that …", so that nobody has said or thought it yet?"""
    if sentence.pos[verb] != "VERB":
        return False
    for child in sentence.children[verb]:
        if sentence.deps[child] == "mark" and sentence.words[child].lower() in ("if", "unless", "whether"):
            return True
    is_infinitive = any(sentence.tags[c] == "TO" for c in sentence.children[verb])
    is_negated = any(sentence.deps[c] == "neg" for c in sentence.children[verb])
    return is_infinitive and is_negated


def _without_own_saying(
    sentences: Sequence[Sentence], attributions: Sequence[Attribution], vouching: list[int], token: Token
) -> list[int]:
    """ "He said he welcomed the truce": to say so is to welcome it, and the last link falls away."""
    if not vouching:
        return vouching
    sentence, i = sentences[token[0]], token[1]
    last = attributions[vouching[-1]]
    if sentence.pos[i] not in ("VERB", "ADJ") or last.source_token is None or is_passive(sentence, i):
        return vouching
    cue = cue_at(sentence, i)
    subject = sentence.child(i, "nsubj")
    if (
        cue is None
        or subject is None
        or not _reports(sentence, i, cue)
        or "evidence" in cue.frames
        or (cue.vouches == "no" and cue.stance != "none")
    ):
        return vouching
    index, speaker = last.source_token
    if sentence.pos[subject] == "PRON":
        is_own = sentence.words[subject].lower() in _PRONOUNS
    else:
        same = sentence.words[subject].lower() == sentences[index].words[speaker].lower()
        is_own = same and sentence.pos[subject] == "PROPN"
    return vouching[:-1] if is_own else vouching


def _reports(sentence: Sentence, i: int, cue: Cue) -> bool:
    """Is the word used to report something here: "attacked the bank for its fees", and not "attacked the town"?"""
    if not cue.frames <= PREPOSITIONS or sentence.pos[i] == "ADJ":
        return True
    return complement_of_verb(sentence, i, cue, last=min(i + len(cue.words), len(sentence)) - 1) is not None


def _is_presupposed(
    sentences: Sequence[Sentence], attributions: Sequence[Attribution], vouching: list[int], token: Token
) -> bool:
    """Is it "the raid" or "their withdrawal", which the article takes for known while it reports what is said of it?"""
    sentence, i = sentences[token[0]], token[1]
    if sentence.pos[i] != "NOUN" or sentence.deps[i] in ("appos", "ROOT", "compound"):
        return False
    last = attributions[vouching[-1]]
    if last.cue_token is not None and last.cue_token[0] == token[0] and sentence.heads[last.cue_token[1]] == i:
        return False
    if last.cue_token is not None and sentences[last.cue_token[0]].pos[last.cue_token[1]] not in ("VERB", "ADP"):
        return False
    noun = i
    while sentence.deps[noun] == "pobj" and sentence.words[sentence.heads[noun]].lower() == "of":
        above = sentence.heads[sentence.heads[noun]]
        if sentence.pos[above] != "NOUN":
            break
        noun = above
    is_known = any(
        sentence.words[c].lower() in _ARTICLES or sentence.deps[c] == "poss"
        for n in {noun, i}
        for c in sentence.children[n]
        if sentence.deps[c] in ("det", "poss")
    )
    has_infinitive = i + 1 < len(sentence) and sentence.tags[i + 1] == "TO" and sentence.heads[i + 1] != i
    return is_known and not has_infinitive


def _quoted(
    document: Document,
    sentences: Sequence[Sentence],
    attributions: Sequence[Attribution],
    vouching: list[int],
    token: Token,
) -> Quoted:
    if not vouching:
        return "none"
    last = attributions[vouching[-1]]
    if last.quoted == "direct":
        return "direct"
    at = sentences[token[0]].starts[token[1]]
    start = next((s for s, e in last.content if s <= at < e), at)
    before = document.text[start:at]
    opened = before.count("“") - before.count("”") + before.count("«") - before.count("»")
    return "direct" if opened > 0 or before.count('"') % 2 else "indirect"


def _link(
    document: Document,
    sentences: Sequence[Sentence],
    attributions: Sequence[Attribution],
    number: int,
    mentions: Sequence[Mention],
    outer: Sequence[SourceLink],
) -> SourceLink:
    attribution = attributions[number]
    cue = _cue_word(document, sentences, attribution)
    if attribution.source_token is None or attribution.source is None:
        return SourceLink(_UNSPECIFIED, "unspecified", None, cue)
    index, token = attribution.source_token
    token = antecedent(sentences[index], token)
    mention = _mention_at(mentions, index, token)
    word = sentences[index].words[token].lower()
    is_pronoun = word in _PRONOUNS and sentences[index].pos[token] == "PRON"
    if mention is None and is_pronoun:
        return _pronoun_link(sentences, attributions, number, word, cue, outer)
    code = _code_inside(mentions, index, attribution, mention) or (mention.actor.code if mention else None)
    kind: SourceKind = "publisher" if code and code.endswith("MED") else attribution.kind
    if mention is not None and (is_pronoun or not is_clear(sentences[index], token)) and kind != "anonymous":
        return SourceLink(mention.actor.name, kind, attribution.source, cue, code)
    return SourceLink(short_name(sentences[index], token), kind, attribution.source, cue, code)


def _code_inside(mentions: Sequence[Mention], index: int, attribution: Attribution, head: Mention | None) -> str | None:
    """The code by a name within the phrase: "the newspaper **Kommersant**", "sources in the **Russian ministry**"."""
    if attribution.source is None or (head is not None and head.kind != "composed"):
        return None
    start, end = attribution.source
    inside = [m for m in mentions if m.sentence == index and start <= m.span[0] and m.span[1] <= end and m != head]
    outlets = [m.actor.code for m in inside if (m.actor.code or "").endswith("MED")]
    if outlets:
        return outlets[0]
    if attribution.kind != "anonymous":
        return None
    return next((m.actor.code for m in inside if m.actor.code and m.kind != "pronoun"), None)


def _cue_word(document: Document, sentences: Sequence[Sentence], attribution: Attribution) -> str | None:
    if attribution.cue is None or attribution.cue_token is None:
        return None
    index, token = attribution.cue_token
    if sentences[index].pos[token] == "VERB" and sentences[index].words[token].lower() != "according":
        return sentences[index].words[token]
    return document.text[slice(*attribution.cue)]


def _mention_at(mentions: Sequence[Mention], index: int, token: int) -> Mention | None:
    """The mention headed by the source's head, else the longest that covers it."""
    covering = [m for m in mentions if m.sentence == index and m.first <= token < m.stop]
    headed = [m for m in covering if m.head == token]
    return max(headed or covering, key=lambda m: (m.stop - m.first, -m.first), default=None)


def _pronoun_link(
    sentences: Sequence[Sentence],
    attributions: Sequence[Attribution],
    number: int,
    word: str,
    cue: str | None,
    outer: Sequence[SourceLink],
) -> SourceLink:
    """Who "he" is: inside somebody's words the one who speaks, else the last fitting source before."""
    attribution = attributions[number]
    if outer and _fits(word, outer[-1].kind) and outer[-1].kind != "unspecified":
        return SourceLink(outer[-1].name, outer[-1].kind, attribution.source, cue, outer[-1].code)
    if word not in _FIRST:
        for before in range(number - 1, -1, -1):
            earlier = attributions[before]
            if earlier.source_token is None or not _is_salient(sentences, attribution, earlier):
                continue
            index, token = earlier.source_token
            if sentences[index].pos[token] == "PRON" or not _fits(word, earlier.kind):
                continue
            return SourceLink(short_name(sentences[index], token), earlier.kind, attribution.source, cue)
    index, token = attribution.source_token or (0, 0)
    name = _named_before(sentences, index, token, word) or sentences[index].words[token]
    return SourceLink(name, attribution.kind, attribution.source, cue)


def _named_before(sentences: Sequence[Sentence], index: int, token: int, word: str) -> str | None:
    """The last person (for "he") or body (for "it") named before the pronoun, in its sentence or the one before."""
    wanted = ("PERSON",) if word in _SINGULAR else ("GPE", "ORG", "NORP")
    if word in _FIRST:
        return None
    for number in (index, index - 1):
        if number < 0:
            continue
        sentence = sentences[number]
        for entity in reversed(sentence.entities):
            if entity.label in wanted and (number < index or entity.stop <= token):
                return short_name(sentence, entity.stop - 1)
    return None


def _is_salient(sentences: Sequence[Sentence], later: Attribution, earlier: Attribution) -> bool:
    """Is the earlier source the subject of a main clause, whom the reader has in mind?"""
    if earlier.cue_token is None or earlier.source_token is None or earlier.parent is not None:
        return False
    if earlier.source_token == later.source_token:
        return False
    sentence, cue = sentences[earlier.cue_token[0]], earlier.cue_token[1]
    if sentence.pos[cue] not in ("VERB", "AUX"):
        return sentence.words[cue].lower() == "according" or sentence.words[cue] == ":"
    return not any(sentence.deps[t] in ("relcl", "acl") for t in (cue, *sentence.ancestors(cue)))


def _fits(word: str, kind: SourceKind) -> bool:
    if word in _SINGULAR:
        return kind == "person"
    if word in _NEUTER:
        return kind in ("institution", "publisher", "document")
    if word in _PLURAL:
        return kind in ("institution", "anonymous", "unspecified")
    return True


def _is_same(one: SourceLink, other: SourceLink) -> bool:
    """Is the second link the first one once more: the same name, or its last word?"""
    if one.kind == other.kind == "unspecified" or one.name == other.name:
        return True
    if one.code is not None and one.code == other.code and one.kind == other.kind == "institution":
        return True
    if {one.kind, other.kind} & {"anonymous", "unspecified", "document"}:
        return False
    a, b = one.name.lower().split(), other.name.lower().split()
    return bool(a and b) and a[-1] == b[-1] and (len(a) == 1 or len(b) == 1)


def _is_publisher(name: str, publisher: str | None) -> bool:
    """Is the link the outlet that prints the article?"""
    if not publisher:
        return False
    words = set(name.lower().split()) - _OUTLET_NOISE
    return bool(words) and words == set(publisher.lower().split()) - _OUTLET_NOISE
