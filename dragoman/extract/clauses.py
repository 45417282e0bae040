"""A parsed sentence goes in, its clauses come out: predicates with who acts and who is acted upon.

A clause is normalised: passives are turned round, coordinated participants listed one by one, and
understood subjects filled in ("asked him to stop": he stops; "the man who fled": the man flees).
"""

from __future__ import annotations

from collections.abc import Container

from dragoman.extract.frames import load_frames
from dragoman.extract.subjects import SubjectFinder
from dragoman.records import Clause, Sentence

# Where a gerund stands for the deed itself: "the shelling went on".
_NOMINAL = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "attr", "compound"))
_OUTER = ("to", "between", "with", "in", "from", "for", "against")
_AGENT_PREPOSITIONS = ("by",)


def find_clauses(
    sentence: Sentence, *, verbs: Container[str], nouns: Container[str], adjectives: Container[str] = ()
) -> list[Clause]:
    """The clauses of a sentence whose predicate is one of ``verbs``, ``nouns`` (lemmas) or ``adjectives``, in order.

    A verb is looked up with its particle ("back down") and without.

    >>> from dragoman.parse import Parser
    >>> from dragoman.records import Document
    >>> sentence = Parser().parse(Document(id="d", text="The envoy was expelled by Ankara."))[0]
    >>> clause = find_clauses(sentence, verbs={"expel"}, nouns=())[0]
    >>> [sentence.words[i] for i in clause.agents + clause.patients], clause.passive
    (['Ankara', 'envoy'], True)
    """
    finder = SubjectFinder(sentence)
    found = []
    for i, pos in enumerate(sentence.pos):
        if sentence.tags[i] == "VBG" and sentence.deps[i] in _NOMINAL and sentence.words[i].lower() in nouns:
            found.append(_noun_clause(sentence, i, sentence.words[i].lower(), finder))
            continue
        if sentence.words[i].lower() in adjectives and (pos == "ADJ" or sentence.tags[i] == "VBN"):
            found.append(_adjective_clause(sentence, i, finder))
        if pos in ("VERB", "AUX"):
            lemma = verb_lemma(sentence, i)
            known = lemma in verbs or sentence.lemmas[i] in verbs
            if known and not _is_auxiliary(sentence, i) and not _describes(sentence, i):
                found.append(_verb_clause(sentence, i, lemma, finder))
        elif pos in ("NOUN", "PROPN") and sentence.lemmas[i] in nouns:
            found.append(_noun_clause(sentence, i, sentence.lemmas[i], finder))
    return found


def verb_lemma(sentence: Sentence, i: int) -> str:
    """The lemma of a verb with its particle: "back down"."""
    particles = load_frames().particles
    for child in sentence.children[i]:
        word = sentence.words[child].lower()
        is_particle = sentence.deps[child] == "prt"
        if is_particle or (child == i + 1 and sentence.deps[child] == "advmod" and word in particles):
            return f"{sentence.lemmas[i]} {word}"
    return sentence.lemmas[i]


def _describes(sentence: Sentence, i: int) -> bool:
    """A participle in front of its noun tells what kind of thing that is: "driven militants", "the occupied town"."""
    return sentence.deps[i] == "amod" and i < sentence.heads[i]


def _is_auxiliary(sentence: Sentence, i: int) -> bool:
    return sentence.deps[i] in ("aux", "auxpass")


def _verb_clause(sentence: Sentence, i: int, lemma: str, finder: SubjectFinder) -> Clause:
    passive = finder.is_passive(i)
    own = _expand(sentence, finder.subjects(i))
    objects = _expand(sentence, _objects(sentence, i, finder))
    obliques = _obliques(sentence, i)
    agents, patients = (own, objects)
    if passive:
        agents = _expand(sentence, [t for p, t in _agent_phrase(sentence, i)])
        patients = [*own, *(o for o in objects if o not in own)]
        obliques = [o for o in obliques if o[0] not in _AGENT_PREPOSITIONS or o[1] not in agents]
    for each in objects:
        obliques.extend(_obliques(sentence, each))
    obliques.extend(("predicate", t) for t in sentence.with_dep(i, "oprd", "attr", "acomp"))
    complements = _complements(sentence, i)
    return Clause(
        sentence=sentence.index,
        head=i,
        lemma=lemma,
        kind="verb",
        passive=passive,
        agents=tuple(agents),
        patients=tuple(patients),
        datives=tuple(_expand(sentence, [d for d in sentence.with_dep(i, "dative") if sentence.pos[d] != "ADP"])),
        obliques=tuple(dict.fromkeys(obliques)),
        complements=tuple(complements),
        complement_agents=_complement_agents(complements, finder),
    )


def _adjective_clause(sentence: Sentence, i: int, finder: SubjectFinder) -> Clause:
    """ "Ankara is critical of the plan": the copula's subject acts."""
    governor = sentence.heads[i]
    predicative = sentence.deps[i] in ("acomp", "attr", "oprd")
    agents = finder.subjects(governor if predicative else i)
    complements, obliques = _complements(sentence, i), _obliques(sentence, i)
    if predicative and sentence.lemmas[governor] == "be":
        # "Was livid at the envoy", "is adamant that …": the parser may hang what completes the adjective on "be".
        complements = complements or [c for c in _complements(sentence, governor) if c[1] > i]
        obliques += [o for o in _obliques(sentence, governor) if o[1] > i]
    return Clause(
        sentence=sentence.index,
        head=i,
        lemma=sentence.words[i].lower(),
        kind="adjective",
        agents=tuple(agents),
        obliques=tuple(dict.fromkeys(obliques)),
        complements=tuple(complements),
        complement_agents=_complement_agents(complements, finder),
    )


def _noun_clause(sentence: Sentence, i: int, lemma: str, finder: SubjectFinder) -> Clause:
    """ "Israel's raid on the base": possessors, nationality words and by-phrases act; who holds the verb acts too.

    ``agents`` come in the order of how surely they act: by-phrase, possessor, modifiers; the subject of a
    verb that governs the noun ("Israel launched a raid") comes as the oblique ``holder``.
    """
    obliques = _obliques(sentence, i)
    possessors = _expand(sentence, sentence.with_dep(i, "poss"))
    modifiers = [c for c in sentence.with_dep(i, "amod", "compound", "nmod", "npadvmod") if c < i]
    for each in list(modifiers):
        modifiers.extend(t for t in sentence.conjuncts(each) if t not in modifiers)
        modifiers.extend(t for t in sentence.with_dep(each, "compound", "npadvmod", "nmod") if t not in modifiers)
    agents = [*(t for p, t in obliques if p == "by"), *possessors, *modifiers]
    if lemma in load_frames().owned_acts and not possessors:
        agents = [*(t for p, t in obliques if p == "of"), *agents]
        obliques = [(p, t) for p, t in obliques if p != "of"]
    governor, role = _governing_verb(sentence, i)
    if governor is not None and verb_lemma(sentence, governor) in load_frames().light_verbs:
        obliques.extend(o for o in _obliques(sentence, governor) if o[0] != "by")
        obliques.extend(("holder", t) for t in _holders(sentence, governor, role, finder))
    for verb in _carriers(sentence, i):
        obliques.extend(o for o in _obliques(sentence, verb) if o[0] not in _AGENT_PREPOSITIONS)
    obliques.extend(("holder", t) for t in _relative_holders(sentence, i, finder))
    obliques.extend(("holder", t) for t in _culprits(sentence, i, finder))
    # "The visit of the envoy to Quito": the parser hangs the phrase on the envoy.
    obliques.extend(o for p, t in list(obliques) if p == "of" for o in _obliques(sentence, t) if o[0] in _OUTER)
    if governor is None:
        obliques.extend(("attendee", t) for t in _attendees(sentence, i, finder))
    complements = _complements(sentence, i)
    return Clause(
        sentence=sentence.index,
        head=i,
        lemma=lemma,
        kind="noun",
        agents=tuple(dict.fromkeys(agents)),
        obliques=tuple(o for o in dict.fromkeys(obliques) if o[1] != i),
        complements=tuple(complements),
        complement_agents=_complement_agents(complements, finder),
        governor=governor,
    )


def _governing_verb(sentence: Sentence, i: int) -> tuple[int | None, str]:
    """The verb that the noun (or its first conjunct) is an argument of, and as what: "launched a raid"."""
    while sentence.deps[i] == "conj":
        i = sentence.heads[i]
    role, governor = sentence.deps[i], sentence.heads[i]
    if role == "pobj" and sentence.pos[governor] == "ADP":
        governor = sentence.heads[governor]
    if role not in ("dobj", "pobj", "nsubjpass", "attr", "nsubj") or sentence.pos[governor] not in ("VERB", "AUX"):
        return None, role
    frames = load_frames()
    preposition = sentence.lemmas[sentence.heads[i]] if role == "pobj" else ""
    carried = verb_lemma(sentence, governor) in frames.light_verbs and preposition in ("in", "on", "for")
    if preposition in frames.occasions and sentence.pos[governor] == "VERB" and not carried:
        return None, role
    return governor, role


def _holders(sentence: Sentence, governor: int, role: str, finder: SubjectFinder) -> list[int]:
    if role == "nsubj":
        return []
    if finder.is_passive(governor):
        return _expand(sentence, [t for _, t in _agent_phrase(sentence, governor)])
    return _expand(sentence, finder.subjects(governor))


def _culprits(sentence: Sentence, i: int, finder: SubjectFinder) -> list[int]:
    """ "Responsible for the killings", "guilty of torture": of whom that is said."""
    preposition = sentence.heads[i]
    adjective = sentence.heads[preposition]
    if sentence.deps[i] != "pobj" or sentence.lemmas[adjective] not in load_frames().culpable:
        return []
    return finder.subjects(sentence.heads[adjective]) if sentence.deps[adjective] == "acomp" else []


def _attendees(sentence: Sentence, i: int, finder: SubjectFinder) -> list[int]:
    """ "spoke on a visit to Lima": who does something on the occasion is there."""
    preposition = sentence.heads[i]
    if sentence.deps[i] != "pobj" or sentence.lemmas[preposition] not in load_frames().occasions:
        return []
    verb = sentence.heads[preposition]
    return finder.subjects(verb) if sentence.pos[verb] in ("VERB", "AUX") else []


def _carriers(sentence: Sentence, noun: int) -> list[int]:
    """The light verbs in relative clauses on a noun: "the raid that Chad had ordered"."""
    found = []
    for verb in sentence.with_dep(noun, "acl", "relcl"):
        carrier = next((c for c in sentence.with_dep(verb, "xcomp") if sentence.pos[c] == "VERB"), verb)
        if verb_lemma(sentence, carrier) in load_frames().light_verbs:
            found.append(carrier)
    return found


def _relative_holders(sentence: Sentence, noun: int, finder: SubjectFinder) -> list[int]:
    """Who did it: "raids that Chad had ordered", "strikes carried out by jets", "ascribed to Iran"."""
    found: list[int] = []
    for verb in sentence.with_dep(noun, "acl", "relcl"):
        if sentence.lemmas[verb] in load_frames().ascribing and finder.is_passive(verb):
            found.extend(t for p, t in _obliques(sentence, verb) if p in ("to", "on", "with", "by"))
    for carrier in _carriers(sentence, noun):
        verb = carrier if sentence.heads[carrier] == noun else sentence.heads[carrier]
        if finder.is_passive(verb) and carrier == verb:
            found.extend(t for _, t in _agent_phrase(sentence, verb))
        elif sentence.deps[verb] == "relcl" and finder.gap_is_object(verb):
            found.extend(finder.subjects(verb))
    return _expand(sentence, found)


def _complement_agents(complements: list[tuple[str, int]], finder: SubjectFinder) -> tuple[int, ...]:
    return tuple(dict.fromkeys(t for _, verb in complements for t in finder.subjects(verb)))


def _objects(sentence: Sentence, i: int, finder: SubjectFinder) -> list[int]:
    objects = [finder.antecedent(o, of=i) for o in sentence.with_dep(i, "dobj")]
    # "Sealed off the parliament": the parser may give the object to the particle.
    objects += [o for p in sentence.with_dep(i, "prt") for o in sentence.with_dep(p, "pobj")]
    if not objects and sentence.deps[i] == "relcl" and not finder.is_passive(i):
        head = sentence.heads[i]
        if finder.gap_is_object(i):
            objects = [head]
    if not objects and not finder.is_passive(i):
        objects = [o for verb in _joined_verbs(sentence, i) for o in sentence.with_dep(verb, "dobj")][:1]
    return objects


def _joined_verbs(sentence: Sentence, i: int) -> list[int]:
    """ "attacked and destroyed the convoy": the verb that follows a bare "and", whose object the first one shares."""
    return [
        c
        for c in sentence.with_dep(i, "conj")
        if sentence.pos[c] == "VERB" and c - i <= 3 and sentence.child(c, "nsubj") is None
    ]


def _expand(sentence: Sentence, heads: list[int]) -> list[int]:
    """Every head with what is coordinated with it, each once; "dozens of rockets" are rockets."""
    found: list[int] = []
    for head in heads:
        for token in sentence.conjuncts(head):
            measured = _measured(sentence, token)
            found.extend(t for t in sentence.conjuncts(measured) if t not in found)
    return found


def _measured(sentence: Sentence, i: int) -> int:
    """What a noun of quantity measures: the rockets of "dozens of rockets"."""
    while sentence.lemmas[i] in load_frames().quantities:
        of = next((c for c in sentence.with_dep(i, "prep") if sentence.lemmas[c] == "of"), None)
        inner = None if of is None else sentence.child(of, "pobj")
        if inner is None:
            break
        i = inner
    return i


def _agent_phrase(sentence: Sentence, i: int) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for child in sentence.children[i]:
        if sentence.deps[child] == "agent" or (sentence.deps[child] == "prep" and sentence.lemmas[child] == "by"):
            found.extend(("by", obj) for obj in sentence.with_dep(child, "pobj"))
    return found


def _obliques(sentence: Sentence, i: int) -> list[tuple[str, int]]:
    """(preposition, object token) of the phrases on token ``i``; "out of" and the like are one preposition."""
    found: list[tuple[str, int]] = []
    for child in sentence.children[i]:
        dep = sentence.deps[child]
        if dep in ("prep", "agent") or (dep == "dative" and sentence.pos[child] == "ADP"):
            found.extend(_phrase(sentence, child, sentence.words[child].lower()))
        elif dep in ("advmod", "prt"):
            for inner in sentence.with_dep(child, "prep"):
                found.extend(_phrase(sentence, inner, sentence.words[inner].lower()))
    return found


def _phrase(sentence: Sentence, prep: int, name: str) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for child in sentence.children[prep]:
        dep = sentence.deps[child]
        if dep == "pobj" or (name == "as" and sentence.pos[child] == "ADJ"):
            found.extend((name, token) for token in _expand(sentence, [child]))
        elif dep == "prep":
            found.extend(_phrase(sentence, child, f"{name} {sentence.words[child].lower()}"))
            if name != "according":
                found.extend(_phrase(sentence, child, sentence.words[child].lower()))
    for other in sentence.with_dep(prep, "conj"):
        if sentence.pos[other] == "ADP":
            found.extend(_phrase(sentence, other, sentence.words[other].lower()))
    return found


def _complements(sentence: Sentence, i: int) -> list[tuple[str, int]]:
    """(marker, predicate token) of the clauses that complete token ``i``: to, that, ing, bare, purpose."""
    found: list[tuple[str, int]] = []
    for child in sentence.children[i]:
        dep = sentence.deps[child]
        if dep in ("xcomp", "ccomp", "acl", "advcl", "relcl"):
            marker = _marker(sentence, child)
            if dep in ("advcl", "relcl") and marker != "to":
                continue
            found.append(("purpose" if dep == "advcl" and not _asks(sentence, i) else marker, child))
        elif dep in ("prep", "agent"):
            found.extend(("ing", inner) for inner in sentence.with_dep(child, "pcomp"))
    return found


def _asks(sentence: Sentence, i: int) -> bool:
    """After "pushed Kyiv", an infinitive is what was asked, though the parser hangs it loosely like a purpose."""
    return sentence.lemmas[i] in load_frames().object_control and sentence.child(i, "dobj", "dative") is not None


def _marker(sentence: Sentence, i: int) -> str:
    for child in sentence.children[i]:
        if sentence.tags[child] == "TO":
            return "to"
        if sentence.deps[child] == "mark":
            return sentence.words[child].lower()
    has_subject = any(sentence.deps[child] in ("nsubj", "nsubjpass") for child in sentence.children[i])
    return "ing" if sentence.tags[i] == "VBG" and not has_subject else "that"
