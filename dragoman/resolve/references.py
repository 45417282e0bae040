"""The actors found so far go in; pronouns and definite descriptions that stand for one of them come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dragoman.records import Actor, Attribution, Sentence
from dragoman.resolve.antecedents import Wanted, antecedent, meant_by
from dragoman.resolve.candidates import SUBJECTS
from dragoman.resolve.composition import Composer
from dragoman.resolve.descriptions import DEFINITE, Description, description_at, descriptions
from dragoman.resolve.names import is_located
from dragoman.resolve.owners import Owner
from dragoman.resolve.phrase_words import words_of
from dragoman.resolve.reading import Found, Reading
from dragoman.resolve.together import pair_before, several, the_other_state
from dragoman.tables import read_table, state_names

PRONOUN_COLUMNS = ("pronoun", "stands_for", "gender", "form")
_ARMED = frozenset({"REB", "UAF"})
# How many sentences back "the rebels" may have been named, and "the government" without another place between.
_ARMED_REACH, _LATELY = 5, 2
_BEING = frozenset({"is", "was", "'s", "’s"})
_WEATHER = frozenset((
    "be", "seem", "appear", "become", "remain", "happen", "take", "mean", "rain", "turn", "matter", "emerge",
    "transpire",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pronoun:
    """``stands_for`` is person, group, plural, relative, speaker, speakers or addressee; ``form`` its case."""

    stands_for: str
    gender: str
    form: str


def refer(reading: Reading, composer: Composer, found: list[Found]) -> list[Found]:
    """Add the references of one sentence to the actors found in it, from left to right."""
    sentence = composer.sentence
    found = [each for f in found if (each := _described(reading, composer, found, f)) is not None]
    found = _with_several(reading, sentence, found)
    table = pronouns()
    taken = {i for each in found for i in range(each.first, each.stop)}
    for i, word in enumerate(sentence.words):
        if i in taken:
            continue
        pronoun = table.get(word.lower()) if sentence.tags[i] in _PRONOUN_TAGS else None
        if pronoun is not None:
            added = _pronoun(reading, composer, found, i, pronoun)
        elif sentence.pos[i] in {"NOUN", "PROPN"} and (description := description_at(sentence, i)) is not None:
            added = _definite(reading, sentence, found, i, description)
            if sentence.deps[i] == "poss":
                added = _possessed(composer, i, added)
        else:
            continue
        if added is None:
            continue
        if added.kind == "description":
            # "Its Gulf ally" is not the Gulf.
            found = [f for f in found if not (added.first < f.first and f.stop < added.stop)]
            taken = {t for each in found for t in range(each.first, each.stop)}
        if taken.isdisjoint(range(added.first, added.stop)):
            found = sorted([*found, added], key=lambda f: f.first)
            taken.update(range(added.first, added.stop))
    return found


def _with_several(reading: Reading, sentence: Sentence, found: list[Found]) -> list[Found]:
    """ "Both countries", "the two leaders" in place of what was composed of these nouns, which is of no country."""
    for i in range(len(sentence)):
        if sentence.pos[i] != "NOUN" or any(f.actor.code and f.first <= i < f.stop for f in found):
            continue
        meant = several(reading, sentence, found, i)
        if meant is not None:
            others = [f for f in found if not _overlaps(meant, [f])]
            found = sorted([*others, meant], key=lambda f: f.first)
    return found


_PRONOUN_TAGS = frozenset({"PRP", "PRP$", "WP", "WDT", "WP$"})


def refer_speakers(reading: Reading, attributions: Sequence[Attribution]) -> None:
    """Give "I" and "we" inside quotations to whom the quotation is ascribed, "you" to whom it is said."""
    table = pronouns()
    for attribution in attributions:
        if attribution.quoted != "direct" or attribution.source_token is None:
            continue
        speaker = _at(reading, attribution.source_token)
        addressee = _addressee(reading, attribution, speaker)
        for sentence, i in _tokens_in(reading, attribution):
            pronoun = table.get(sentence.words[i].lower())
            if pronoun is None or pronoun.stands_for not in {"speaker", "speakers", "addressee"}:
                continue
            meant = addressee if pronoun.stands_for == "addressee" else speaker
            if meant is None:
                continue
            here = reading.found[sentence.index]
            if any(each.first <= i < each.stop for each in here):
                continue
            composer = Composer(reading, sentence)
            if pronoun.form == "possessive":
                whole = _owned(composer, i, meant)
                if whole is not None and not _overlaps(whole, here):
                    reading.found[sentence.index] = sorted([*here, whole], key=lambda f: f.first)
                    continue
            whose = f"said to {meant.actor.name}" if meant is addressee else f"of {meant.actor.name}"
            added = _refer(meant, i, f"{sentence.words[i]!r} in a quotation {whose}", sentence)
            reading.found[sentence.index] = sorted([*here, added], key=lambda f: f.first)


def _overlaps(one: Found, others: Sequence[Found]) -> bool:
    return any(one.first < each.stop and each.first < one.stop for each in others)


def _addressee(reading: Reading, attribution: Attribution, speaker: Found | None) -> Found | None:
    """To whom it is said: "Rohani **told** Macron", "**said** to the envoy"; not the reporters who are to write it."""
    if attribution.cue_token is None:
        return None
    index, verb = attribution.cue_token
    sentence = reading.sentences[index]
    heads = sentence.with_dep(verb, "dobj", "dative")
    for preposition in sentence.with_dep(verb, "prep", "dative"):
        if sentence.words[preposition].lower() == "to":
            heads += sentence.with_dep(preposition, "pobj")
    found = (_at(reading, (index, head)) for head in heads)
    told = next((f for f in found if f is not None and f.actor.code and f is not speaker), None)
    return None if told is None or (told.actor.code or "").endswith("MED") else told


def _at(reading: Reading, token: tuple[int, int]) -> Found | None:
    for each in reading.found[token[0]]:
        if each.first <= token[1] < each.stop and each.kind != "unknown":
            return each
    return None


def _tokens_in(reading: Reading, attribution: Attribution) -> Iterator[tuple[Sentence, int]]:
    for start, end in attribution.content:
        for sentence in reading.sentences:
            if sentence.span[1] <= start:
                continue
            if sentence.span[0] >= end:
                break
            for i in range(len(sentence)):
                if start <= sentence.starts[i] and sentence.ends[i] <= end:
                    yield sentence, i


def _pronoun(reading: Reading, composer: Composer, found: list[Found], i: int, pronoun: Pronoun) -> Found | None:
    sentence = composer.sentence
    if pronoun.stands_for == "relative":
        return _relative(sentence, found, i)
    if pronoun.stands_for in {"speaker", "speakers", "addressee"}:
        return None
    if pronoun.stands_for == "group" and pronoun.form == "subject" and _empty_it(sentence, i):
        return None
    wanted = Wanted(sentence.index, i, pronoun.stands_for, pronoun.gender, _form(sentence, i, pronoun))
    chosen = antecedent(reading, sentence, found, wanted) or _spoken_for(sentence, found, wanted)
    if chosen is None and wanted.stands_for == "plural":
        return pair_before(reading, sentence, i)
    if chosen is None:
        return None
    if wanted.form == "possessive":
        whole = _owned(composer, i, chosen)
        if whole is not None:
            return whole
    return _refer(chosen, i, f"{sentence.words[i]!r} stands for {chosen.actor.name}", sentence)


def _spoken_for(sentence: Sentence, found: list[Found], wanted: Wanted) -> Found | None:
    """ "Lima's minister said it would wait": the state or body in whose name an office holder speaks."""
    if wanted.stands_for != "group":
        return None
    for verb in sentence.ancestors(wanted.token):
        if sentence.child(verb, "ccomp") is None:
            continue
        subject = sentence.child(verb, "nsubj")
        speaker = next((f for f in found if subject is not None and f.first <= subject < f.stop), None)
        if speaker is None or not speaker.person or speaker.first > wanted.token:
            continue
        code = speaker.actor.code or ""
        if code[3:] == "GOV":
            return replace(speaker, actor=Actor(state_names().get(code[:3], code[:3]), code[:3]), person=False)
    return None


def _form(sentence: Sentence, i: int, pronoun: Pronoun) -> str:
    """The form by what the word does here: "her" and "it" have the same form for two uses."""
    if sentence.tags[i] == "PRP$":
        return "possessive"
    if pronoun.form == "subject" and sentence.deps[i] in {"dobj", "dative", "pobj"}:
        return "object"
    return pronoun.form


def _refer(chosen: Found, i: int, how: str, sentence: Sentence) -> Found:
    kind = "several" if chosen.members else "pronoun"
    return replace(chosen, first=i, stop=i + 1, head=i, kind=kind, how=how, noun="")


def _owned(composer: Composer, i: int, owner: Found) -> Found | None:
    """ "its forces": the noun phrase with its owner's country, if its head is a role noun."""
    head = composer.sentence.heads[i]
    code = owner.actor.code
    match = composer.phrases.roles.get(head)
    if not owner.person and _is_other_state(composer.sentence, head):
        other = the_other_state(composer.reading, composer.sentence, i, owner)
        if other is not None:
            first = i + (composer.sentence.tags[i] == "POS")
            how = f"{composer.phrases.text(i, head + 1)!r}: no other state but {other.name} was spoken of"
            return Found(first, head + 1, head, other, "description", how)
    if match is not None and match.role.noun in words_of("relation"):
        return composer.compose_at(head, owner=Owner("", "", "none", f"not that of {owner.actor.name}"))
    if not code or composer.sentence.deps[i] != "poss":
        return None
    sort = "person" if owner.person else "state" if code[3:] in {"", "GOV"} else "group"
    whole = composer.compose_at(head, owner=Owner(code[:3], code, sort, f"of {owner.actor.name}, from the pronoun"))
    return whole if whole is not None and whole.first <= i < whole.stop else None


def _is_other_state(sentence: Sentence, head: int) -> bool:
    """ "Its ally", not "their allies" nor "their common enemy"."""
    shared = any(sentence.lemmas[c] in words_of("shared") for c in sentence.children[head] if c < head)
    return sentence.lemmas[head] in words_of("other state") and sentence.tags[head] == "NN" and not shared


def _possessed(composer: Composer, i: int, owner: Found | None) -> Found | None:
    """ "the kingdom's consulate": of whom the kingdom is, else of the country in play."""
    head = composer.sentence.heads[i]
    if owner is not None:
        return _owned(composer, i, owner) or owner
    return composer.compose_at(head, owner=composer.in_story(head))


def _relative(sentence: Sentence, found: list[Found], i: int) -> Found | None:
    """Who, which: the noun that the clause hangs on."""
    if sentence.tags[i] not in {"WP", "WDT", "WP$"}:
        return None
    verb = i
    for verb in (i, *sentence.ancestors(i)):
        if sentence.deps[verb] == "relcl":
            break
    else:
        return None
    if sentence.words[i].lower() == "that" and _is_conjunction(sentence, verb, i):
        return None
    head = _antecedent_noun(sentence, verb, i)
    chosen = next((each for each in found if each.head == head or each.first <= head < each.stop), None)
    who = sentence.words[i].lower() in {"who", "whom"}
    if chosen is not None and who and not _somebody(sentence, chosen):
        chosen = next((f for a in sentence.ancestors(head) for f in found if f.head == a and f.stop < i), None)
        chosen = chosen if chosen is not None and chosen.person else None
    if chosen is None or chosen.kind == "unknown" or chosen.first > i:
        return None
    if sentence.words[i].lower() == "which" and chosen.person:
        return None
    return _refer(chosen, i, f"{sentence.words[i]!r} stands for {chosen.actor.name}", sentence)


def _is_conjunction(sentence: Sentence, verb: int, i: int) -> bool:
    """ "Told the bishop that Chad wished to leave": nothing is missing in the clause that "that" could stand for."""
    if sentence.deps[i] in SUBJECTS or sentence.child(verb, *SUBJECTS) is None:
        return False
    return any(c != i for c in sentence.with_dep(verb, "dobj", "xcomp", "ccomp", "acomp"))


def _antecedent_noun(sentence: Sentence, verb: int, i: int) -> int:
    """What a relative clause hangs on; of "A and B, who have", the first, whom the others are joined to."""
    head = sentence.heads[verb]
    finite = next((c for c in sentence.with_dep(verb, "aux", "auxpass") if c > i), verb)
    if sentence.tags[finite] == "VBP" or sentence.words[finite].lower() == "were":
        while sentence.deps[head] == "conj" and sentence.tags[head] not in {"NNS", "NNPS"}:
            head = sentence.heads[head]
    elif sentence.tags[finite] == "VBZ" or sentence.words[finite].lower() == "was":
        return max((c for c in sentence.conjuncts(head) if c < i), default=head)
    return head


def _somebody(sentence: Sentence, found: Found) -> bool:
    """Whether "who" can stand for an actor: not for a town or a state, unless its people are meant."""
    return found.person or found.plural or found.kind == "group" or len(found.actor.code or "") != 3


def _empty_it(sentence: Sentence, i: int) -> bool:
    """ "It is clear that …", "it seems": nobody is meant."""
    if sentence.words[i].lower() != "it":
        return False
    head = sentence.heads[i]
    after = sentence.words[i + 1].lower() if i + 1 < len(sentence) else ""
    if sentence.deps[i] == "nsubj" and sentence.pos[head] == "ADJ" and sentence.deps[head] == "ccomp":
        return True
    told = sentence.child(head, "ccomp", "csubjpass") is not None
    if sentence.deps[i] == "nsubjpass" and told:
        return True
    # "It is sending aid", "it was shelled": somebody is meant, unless the clause goes on with "that".
    acts = sentence.pos[head] == "VERB" and sentence.tags[head] in {"VBG", "VBN"} and not told
    if sentence.deps[i] == "expl" or (
        sentence.deps[i] in {"nsubj", "nsubjpass"} and after in _BEING and not (acts or _disposed(sentence, head))
    ):
        return True
    return (sentence.pos[head] == "AUX" and not _disposed(sentence, head)) or sentence.lemmas[head] in _WEATHER


def _disposed(sentence: Sentence, verb: int) -> bool:
    """ "It is willing to talk": only somebody can be that."""
    return any(sentence.lemmas[c] in words_of("disposed") for c in sentence.with_dep(verb, "acomp"))


def _described(reading: Reading, composer: Composer, here: list[Found], found: Found) -> Found | None:
    """A bare "the minister", "the group" that was composed from the story: rather one named before, if there is."""
    sentence = composer.sentence
    if found.kind not in {"composed", "role"} or not found.story:
        return found
    if found.first == 0 or sentence.words[found.first - 1].lower() not in DEFINITE:
        return found
    counted = any(sentence.tags[i] == "CD" for i in range(found.first, found.stop))
    armed = (found.actor.code or "")[-3:] in _ARMED and not counted
    if armed and (group := _armed_before(reading, here, found)) is not None:
        how = f"'the {found.noun}' takes up {group.actor.name}"
        return replace(found, actor=group.actor, kind="description", how=how)
    if found.stop - found.first > 1:
        named = any(sentence.pos[i] == "PROPN" for i in range(found.first, found.stop))
        known_group = found if found.person or named else _redescribed(reading, sentence, here, found)
        return known_group if known_group.kind == "description" else found
    before = (f for f in reversed(here) if f.first < found.first)
    known = next((f for f in before if found.noun in {f.noun, f.noun.split(" ")[-1]}), None)
    known = known or _noun_before(reading, sentence, found)
    if found.kind == "role" and found.actor.key in reading.persons and not _is_later(reading, sentence, known, found):
        return found
    if known is None or known.plural != found.plural or known.actor.code is None or known.kind == "pronoun":
        return _redescribed(reading, sentence, here, found)
    how = f"'the {found.noun}' takes up {known.actor.name}"
    return replace(found, actor=known.actor, kind="description", how=how, gender=known.gender)


def _is_later(reading: Reading, sentence: Sentence, known: Found | None, found: Found) -> bool:
    """Whether the one who bore the title was spoken of after the one who holds the office where the story plays."""
    told = {n.entry.code[:3] for n in reading.names[sentence.index] if n.stop <= found.first}
    if known is None or known.actor.key not in reading.persons or (found.actor.code or "")[:3] in told:
        return False
    last = list(reading.persons)
    return last.index(known.actor.key) > last.index(found.actor.key)


def _noun_before(reading: Reading, sentence: Sentence, found: Found) -> Found | None:
    """Who bore the noun last: "the government" of the last sentences, or of farther up unless another place is told."""
    known = reading.by_noun.get(found.noun)
    if known is None or any(known in earlier for earlier in reading.found[-_LATELY:]):
        return known
    told = {n.entry.code[:3] for n in reading.names[sentence.index] if n.located and n.stop <= found.first}
    country = (found.actor.code or "")[:3]
    return None if country in told and country != (known.actor.code or "")[:3] else known


def _armed_before(reading: Reading, here: list[Found], found: Found) -> Found | None:
    """The armed group named last before "the rebels", "the jihadists", if that is the nearest that such a noun fits."""
    before = [f for f in here if f.stop <= found.first]
    for earlier in (before, *reversed(reading.found[-_ARMED_REACH:])):
        for f in reversed(earlier):
            code = f.actor.code or ""
            if f.person or not (code[3:] in _ARMED or code in _ARMED or code == "ISIS"):
                continue
            named = f.whose or (f.actor if f.kind == "name" else None)
            return None if named is None else replace(f, actor=named)
    return None


def _redescribed(reading: Reading, sentence: Sentence, here: list[Found], found: Found) -> Found:
    """ "the bloc", "the organisation": an actor named before in other words; without one, nobody is known."""
    description = descriptions().get(found.noun)
    if description is None or found.plural:
        return found
    wanted = Wanted(
        sentence.index, found.first - 1, description.stands_for, description.gender, "definite", description.codes,
        description.stands_for,
    )  # fmt: skip
    chosen = antecedent(reading, sentence, [f for f in here if f is not found], wanted)
    if chosen is not None:
        actor = meant_by(chosen, wanted)
        how = f"'the {found.noun}' stands for {actor.name}"
        return replace(found, actor=actor, kind="description", how=how, gender=chosen.gender)
    if description.stands_for == "group" and found.generic:
        return replace(
            found, actor=replace(found.actor, code=None), how=f"no one was named that {found.noun!r} could be"
        )
    return found


def _definite(
    reading: Reading, sentence: Sentence, found: list[Found], i: int, description: Description
) -> Found | None:
    left = [c for c in sentence.children[i] if c < i]
    plural = sentence.tags[i] in {"NNS", "NNPS"}
    first = left[0] + (sentence.words[left[0]].lower() in {"the"})
    if len(left) > (2 if plural else 1) and not description.codes:
        return None
    if any(sentence.tags[c].startswith("JJ") for c in left[1:]) and not description.codes:
        return None
    if any(sentence.deps[c] in {"prep", "relcl"} for c in sentence.children[i] if c > i):
        return None
    if description.stands_for == "state" and not plural and not description.codes and _is_where(sentence, i):
        return _country_in_play(reading, sentence, first, i)
    stands_for = "plural" if plural else description.stands_for
    wanted = Wanted(
        sentence.index, left[0], stands_for, description.gender, "definite", description.codes,
        description.stands_for, sentence.lemmas[i],
    )  # fmt: skip
    chosen = antecedent(reading, sentence, found, wanted)
    if chosen is None:
        return _named_state(reading, sentence, left[0], i, description)
    text = " ".join(sentence.words[left[0] : i + 1])
    return replace(
        chosen,
        actor=meant_by(chosen, wanted),
        first=first,
        stop=i + 1,
        head=i,
        kind="description",
        how=f"{text!r} stands for {meant_by(chosen, wanted).name}",
        noun="",
    )


def _named_state(reading: Reading, sentence: Sentence, first: int, i: int, description: Description) -> Found | None:
    """ "The kingdom" after "a missile fired at Riyadh": the one state of those that are such which the text names."""
    named = [code for code in description.codes if reading.story.counts[code]]
    if description.stands_for != "state" or len(named) != 1 or sentence.tags[i] in {"NNS", "NNPS"}:
        return None
    actor = Actor(state_names()[named[0]], named[0])
    how = f"{sentence.words[i]!r} stands for {actor.name}, the only one of its kind here"
    return Found(first + 1, i + 1, i, actor, "description", how)


def _is_where(sentence: Sentence, i: int) -> bool:
    """ "in the country", "the north of the country": where it happens, not who acts."""
    above = sentence.heads[sentence.heads[i]]
    return is_located(sentence, i) or (sentence.deps[i] == "pobj" and sentence.lemmas[above] in words_of("place noun"))


def _country_in_play(reading: Reading, sentence: Sentence, first: int, i: int) -> Found | None:
    country = reading.story.country_for(sentence.index, first, sector="CVL")
    if country is None:
        return None
    actor = Actor(reading.gazetteer.states[country], country)
    return Found(first, i + 1, i, actor, "description", f"{sentence.words[i]!r} is where the story plays", story=True)


@lru_cache(maxsize=1)
def pronouns() -> dict[str, Pronoun]:
    """The pronouns that can stand for an actor."""
    return {
        row["pronoun"]: Pronoun(row["stands_for"], row["gender"], row["form"])
        for row in read_table("actors/pronouns.csv", PRONOUN_COLUMNS)
    }
