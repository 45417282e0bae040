"""The straight line: a document goes in, its claims come out. The file to read first.

text -> sentences -> clauses, attributions, certainty -> actors, dates, places -> events -> claims
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from dragoman.coding.codebook import load_codebook
from dragoman.coding.events import CodedEvent, code_events
from dragoman.coding.relate import Relation, given_mention, relate
from dragoman.coding.rule import ANNOUNCES
from dragoman.coding.utterance import uttered_type
from dragoman.coding.view import country_of, is_outlet
from dragoman.extract.attributions import find_attributions
from dragoman.extract.certainty import judge_predicates, vouch_for
from dragoman.extract.chains import build_chain
from dragoman.extract.clauses import find_clauses
from dragoman.parse import DEFAULT_MODEL, Parser
from dragoman.records import (
    Attribution,
    Certainty,
    Claim,
    Clause,
    DateMention,
    Document,
    Event,
    Mention,
    PlaceMention,
    Sentence,
    SourceChain,
    SourceLink,
    Span,
    Token,
)
from dragoman.resolve.actors import ActorResolver
from dragoman.resolve.dates import date_of_event, find_dates
from dragoman.resolve.places import PlaceResolver, place_of_event
from dragoman.resolve.wire import find_wire

_Found = TypeVar("_Found", Mention, DateMention, PlaceMention)
_PLAIN = Certainty(status="actual", commitment=3.0, rule="plain narration")


@dataclass(frozen=True, slots=True)
class Layers:
    """Everything found in a document on which coding rests; ``dragoman annotate`` shows it."""

    sentences: tuple[Sentence, ...]
    attributions: tuple[Attribution, ...]
    certainties: Mapping[Token, Certainty]
    mentions: tuple[Mention, ...]
    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]


class Coder:
    """Codes documents; load once, use for many.

    ``parser=None`` makes a coder that only takes sentences parsed elsewhere (``code_sentences``);
    ``with_judge=False`` one that codes by patterns alone, which is what the judge is trained with.

    >>> coder = Coder()
    >>> claim = coder.code(Document(id="d", text="Ankara expelled ten Dutch diplomats."))[0]
    >>> claim.event.type, claim.event.actor.actor.code, claim.event.recipient.actor.code
    ('SANCTION', 'TUR', 'NLDGOV')
    """

    def __init__(self, parser: Parser | str | None = DEFAULT_MODEL, *, with_judge: bool = True) -> None:
        self._parser = Parser(parser) if isinstance(parser, str) else parser
        self.codebook = load_codebook()
        self._with_judge = with_judge
        self._actors = ActorResolver()
        self._places = PlaceResolver()

    def code(self, document: Document) -> tuple[Claim, ...]:
        """All claims of one document, in the order of their words."""
        return self.code_sentences(document, self.parse(document))

    def pipe(self, documents: Iterable[Document]) -> Iterator[tuple[Document, tuple[Claim, ...]]]:
        """Code a stream of documents in order, a few in memory at a time."""
        for document, sentences in self.parse_all(documents):
            yield document, self.code_sentences(document, sentences)

    def annotate(self, document: Document) -> Layers:
        """Every layer that coding rests on."""
        return self.layers(document, self.parse(document), nationalities=True)

    def parse(self, document: Document) -> tuple[Sentence, ...]:
        """The sentences of a document."""
        return self._require_parser().parse(document)

    def parse_all(self, documents: Iterable[Document]) -> Iterator[tuple[Document, tuple[Sentence, ...]]]:
        """The sentences of a stream of documents, in order; faster than one by one."""
        return self._require_parser().pipe(documents)

    def relate(self, document: Document, actor: Span, recipient: Span) -> Relation:
        """The PLOVER type of what the actor marked at one span did to the recipient marked at another.

        Always answers; the score tells how clearly the text speaks.  Raises ValueError for spans without words.
        """
        return self.relate_sentences(document, self.parse(document), actor, recipient)

    def relate_sentences(
        self, document: Document, sentences: Sequence[Sentence], actor: Span, recipient: Span
    ) -> Relation:
        """``relate`` for a document that is already parsed."""
        certainties = judge_predicates(document, sentences, ())
        best: Relation | None = None
        for sentence in sentences:
            marked = [
                given_mention(sentence, span, name) for span, name in ((actor, "actor"), (recipient, "recipient"))
            ]
            if not any(marked):
                continue
            clauses = self._clauses(sentence)
            found = relate(sentence, clauses, marked[0], marked[1], certainties, self.codebook)
            best = found if best is None or found.score > best.score else best
        if best is None:
            raise ValueError("no word of the text stands at the spans of actor and recipient")
        return best

    def layers(self, document: Document, sentences: Sequence[Sentence], *, nationalities: bool = False) -> Layers:
        """What the extractors and resolvers find in parsed sentences.

        With ``nationalities``, words such as "Israeli" are places too, as gazetteers' annotators hold.
        """
        attributions = find_attributions(document, sentences)
        return Layers(
            sentences=tuple(sentences),
            attributions=attributions,
            certainties=judge_predicates(document, sentences, attributions),
            mentions=self._actors.resolve(document, sentences, attributions),
            dates=find_dates(document, sentences),
            places=self._places.resolve(document, sentences, nationalities=nationalities),
        )

    def code_sentences(self, document: Document, sentences: Sequence[Sentence]) -> tuple[Claim, ...]:
        """The claims of a document that is already parsed."""
        layers = self.layers(document, sentences)
        mentions, dates = _by_sentence(layers.mentions), _by_sentence(layers.dates)
        places = _by_sentence(layers.places)
        claims: list[Claim] = []
        before: list[Event] = []
        for sentence in sentences:
            own_mentions = mentions.get(sentence.index, [])
            # Where nobody is named, nobody acts.
            clauses = self._clauses(sentence) if own_mentions else []
            own_dates, own_places = dates.get(sentence.index, []), places.get(sentence.index, [])
            coded = code_events(
                sentence,
                clauses,
                own_mentions,
                own_places,
                self.codebook,
                layers.certainties,
                before,
                with_judge=self._with_judge,
            )
            ids = [_claim_id(document, sentence, each) for each in coded]
            first = len(claims)
            for each, claim_id in zip(coded, ids, strict=True):
                token = (sentence.index, each.head)
                chain, quoted, _ = build_chain(document, sentences, layers.attributions, token, layers.mentions)
                certainty = layers.certainties.get(token, _PLAIN)
                if chain and any(_tells_himself(party, chain) for party in self._doers(each.event)):
                    certainty = vouch_for(certainty)
                date = date_of_event(sentence, each.head, own_dates)
                event = replace(
                    each.event,
                    actor=each.event.actor and self._actors.on_date(each.event.actor, date, document.published),
                    recipient=each.event.recipient
                    and self._actors.on_date(each.event.recipient, date, document.published),
                    date=_settled(date, document),
                    place=place_of_event(sentence, each.head, own_places),
                )
                act = Claim(
                    id=claim_id,
                    document=document.id,
                    sentence=sentence.index,
                    sentence_span=sentence.span,
                    trigger=sentence.span_of(each.head, each.head + 1),
                    event=event,
                    chain=chain,
                    certainty=certainty,
                    quoted=quoted,
                    about=None if each.about is None else ids[each.about],
                    codebook=self.codebook.version,
                )
                statement = self._announcement(document, sentence, own_dates, each, act, beside=coded)
                if statement is not None:
                    if statement.event.type == act.event.type:
                        # "Said it would agree": saying so is agreeing.
                        claims.append(replace(statement, id=act.id, about=act.about))
                        continue
                    told = (*(other.event for other in coded), *(claim.event for claim in claims[first:]))
                    if not any(_says_as_much(other, statement.event) for other in told):
                        claims.append(statement)
                claims.append(act)
            before = [claim.event for claim in claims[first:]]
        wire = find_wire(document)
        return tuple(claims if wire is None else (_printed_from(wire, claim) for claim in claims))

    def _announcement(
        self,
        document: Document,
        sentence: Sentence,
        dates: Sequence[DateMention],
        coded: CodedEvent,
        act: Claim,
        *,
        beside: Sequence[CodedEvent],
    ) -> Claim | None:
        """The statement that lies in an act told in the future tense: "Oslo will send doctors" is AGREE too.

        None where it has no addressee, and where others tell of it: what a third state expects is a forecast.
        Threats and refusals are only what the actor's own side tells; of a visit the hosts may tell, or sources.
        """
        event_type = uttered_type(act.event.type, act.certainty.status, future=coded.future)
        if event_type is None or act.event.actor is None or act.event.recipient is None:
            return None
        teller = act.chain[-1] if act.chain else None
        own = teller is not None and _same_side(act.event.actor, teller)
        if not own:
            concerned = teller is None or teller.code is None or _same_side(act.event.recipient, teller)
            told = teller is not None and teller.code is not None
            if told and any(_is_reversed(each.event, coded.event) for each in beside):
                # "Lima said it would meet Oslo": it is Lima's announcement, and not Oslo's as well.
                return None
            if event_type == "THREATEN" or not concerned or (event_type == "REJECT" and teller):
                return None
        # Who promises is no source of his own promise; an outlet that tells of its state's is.
        himself = own and (teller is None or teller.kind != "publisher" or is_outlet(act.event.actor))
        plover, verb = self.codebook.types[event_type], _telling_verb(sentence, coded.head)
        event = replace(
            act.event,
            type=event_type,
            mode=None,
            quad=plover.quad,
            intensity=plover.intensity,
            cameo=f"{plover.cameo}0",
            date=None if verb is None else _settled(date_of_event(sentence, verb, dates), document),
            rule=f"{ANNOUNCES}{act.event.rule}",
        )
        return replace(
            act,
            id=_claim_id(document, sentence, replace(coded, event=event)),
            event=event,
            chain=act.chain[:-1] if himself else act.chain,
            quoted=act.quoted if len(act.chain) > himself else "none",
            certainty=_PLAIN,
            about=act.id,
        )

    def _doers(self, event: Event) -> tuple[Mention | None, ...]:
        """Who does it: the actor, and in a mutual act ("met", "traded") the recipient too."""
        mutual = self.codebook.types[event.type].mutual in ("always", "joint") and event.quad < 3
        return (event.actor, event.recipient) if mutual else (event.actor,)

    def _clauses(self, sentence: Sentence) -> list[Clause]:
        book = self.codebook
        return find_clauses(sentence, verbs=book.verbs, nouns=book.nouns, adjectives=book.adjectives)

    def _require_parser(self) -> Parser:
        if self._parser is None:
            raise ValueError("this coder has no parser: give it sentences, or make it with Coder()")
        return self._parser


def _printed_from(wire: SourceLink, claim: Claim) -> Claim:
    """The claim with the agency whose copy is printed as the outermost mouth, unless it stands there anyway."""
    return claim if claim.chain and claim.chain[0].name == wire.name else replace(claim, chain=(wire, *claim.chain))


def _same_side(actor: Mention | None, source: SourceLink) -> bool:
    """Does the actor's own side tell of the act: "Ankara said its troops had crossed the border"?"""
    return bool(actor and actor.actor.code and source.code and actor.actor.code[:3] == source.code[:3])


def _is_reversed(one: Event, other: Event) -> bool:
    """The same act told the other way round?"""
    return one.type == other.type and one.actor == other.recipient and one.recipient == other.actor


def _settled(date: DateMention | None, document: Document) -> DateMention | None:
    """The date, unless the report is dated and the words tell no day all the same."""
    return date if date is not None and (date.value or not document.published) else None


def _telling_verb(sentence: Sentence, head: int) -> int | None:
    """The verb that tells of the act at ``head``: "**announced** on Monday that it would send doctors"."""
    path = [head, *sentence.ancestors(head)]
    return next((sentence.heads[t] for t in path if sentence.deps[t] == "ccomp"), None)


def _tells_himself(actor: Mention | None, chain: SourceChain) -> bool:
    """Does the actor's own side tell of the act, and nobody tell of that but publishers?"""
    others = [link for link in chain[:-1] if link.kind != "publisher"]
    if chain[-1].kind == "publisher" and not (actor and is_outlet(actor)):
        # State media tell of their state's deeds as others do.
        return False
    return all(_same_side(actor, link) for link in (*others, chain[-1]))


def _says_as_much(other: Event, statement: Event) -> bool:
    """Is it the same statement of the same side, or of the one whom it is made to ("will meet", told both ways)?"""
    if other.type != statement.type or other.actor is None:
        return False
    parties = [m for m in (statement.actor, statement.recipient) if m]
    if other.actor.actor in [m.actor for m in parties]:
        return True
    told = [m for m in (other.actor, other.recipient) if m]
    return [country_of(m) for m in told] == [country_of(m) for m in parties]


def _by_sentence(items: Iterable[_Found]) -> dict[int, list[_Found]]:
    found: dict[int, list[_Found]] = {}
    for item in items:
        found.setdefault(item.sentence, []).append(item)
    return found


def _claim_id(document: Document, sentence: Sentence, coded: CodedEvent) -> str:
    event = coded.event
    spans = [sentence.span_of(coded.head, coded.head + 1)]
    parties = (event.actor, event.recipient)
    spans += [m.span if m else (-1, -1) for m in parties]
    # "Both countries" are two actors in the same words.
    names = [m.actor.name for m in parties if m and m.kind == "several"]
    key = "\x1f".join((document.id, event.type, *(f"{a}-{b}" for a, b in spans), *names))
    return f"c_{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
