"""A verb goes in, its subjects come out, also those that are understood: control, relatives, coordination."""

from __future__ import annotations

from dragoman.extract.frames import load_frames
from dragoman.records import Sentence

_WHERE = frozenset(("in", "at", "near", "on", "outside"))
_RELATIVES = frozenset(("who", "which", "that", "whom"))
_SUBJECT = ("nsubj", "nsubjpass", "expl")
# Under these the object of some verbs acts: "accused Israel of mounting a raid".
_PHRASE_PREPOSITIONS = frozenset(("of", "from", "for", "into", "against", "about"))
_DEPTH = 12


class SubjectFinder:
    """Finds who is the subject of each verb of one sentence; answers are kept for the sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self._sentence = sentence
        self._frames = load_frames()
        self._known: dict[int, list[int]] = {}

    def is_passive(self, i: int) -> bool:
        """Is the verb in the passive, or a bare past participle after a noun ("the base attacked by jets")?"""
        s = self._sentence
        if any(s.deps[c] in ("auxpass", "nsubjpass") for c in s.children[i]):
            return True
        if s.tags[i] != "VBN":
            return False
        if s.deps[i] == "acl":
            return True
        if s.deps[i] in ("conj", "advcl", "xcomp", "ccomp", "amod"):
            if any(s.deps[c] in ("nsubj", "dobj") for c in s.children[i]):
                return False
            if any(s.deps[c] == "aux" for c in s.children[i]):
                return False
            if any(s.deps[c] == "agent" for c in s.children[i]):
                return True
            return s.deps[i] in ("advcl", "amod", "xcomp") or self.is_passive(s.heads[i])
        return False

    def subjects(self, i: int) -> list[int]:
        """The tokens that are the subject of verb ``i`` (the passive's: who undergoes), coordinated ones too."""
        if i not in self._known:
            self._known[i] = []
            self._known[i] = self._find(i, _DEPTH)
        return self._known[i]

    def antecedent(self, token: int, *, of: int) -> int:
        """The noun that a relative pronoun stands for, or the token itself."""
        s = self._sentence
        if s.words[token].lower() not in _RELATIVES or s.pos[token] not in ("PRON", "DET", "SCONJ"):
            return token
        verb = of
        while s.deps[verb] != "relcl":
            if s.heads[verb] == verb or s.deps[verb] not in ("conj", "xcomp", "ccomp", "advcl"):
                return token
            verb = s.heads[verb]
        return self._what_happened_there(s.heads[verb])

    def _what_happened_there(self, noun: int) -> int:
        """ "the blasts in Kenya, which killed dozens": not Kenya killed, but the blasts."""
        s = self._sentence
        place = noun
        while s.deps[place] == "conj":
            place = s.heads[place]
        if not any(e.label in ("GPE", "LOC", "FAC") and e.first <= place < e.stop for e in s.entities):
            return noun
        while s.deps[place] == "pobj" and s.lemmas[s.heads[place]] in _WHERE:
            above = s.heads[s.heads[place]]
            if s.pos[above] not in ("NOUN", "PROPN"):
                return noun
            noun = place = above
        return noun

    def gap_is_object(self, i: int) -> bool:
        """In the relative clause with verb ``i``: is the noun before it the object ("the base Israel hit")?"""
        s = self._sentence
        if not any(s.deps[c] in ("nsubj", "nsubjpass") for c in s.children[i]):
            return False
        return not any(s.words[c].lower() in _RELATIVES and s.deps[c] == "nsubj" for c in s.children[i])

    def _find(self, i: int, depth: int) -> list[int]:
        s = self._sentence
        own = [c for c in s.children[i] if s.deps[c] in _SUBJECT]
        if not own:
            # The parser now and then hangs the subject on the auxiliary.
            own = [c for aux in s.with_dep(i, "aux", "auxpass") for c in s.with_dep(aux, *_SUBJECT)]
        if own:
            found: list[int] = []
            for token in own:
                for each in s.conjuncts(self.antecedent(token, of=i)):
                    if each not in found:
                        found.append(each)
            return found
        if depth == 0 or s.heads[i] == i:
            return []
        return self._understood(i, s.heads[i], depth - 1)

    def _understood(self, i: int, governor: int, depth: int) -> list[int]:
        s = self._sentence
        dep = s.deps[i]
        if dep == "conj" and s.pos[governor] in ("VERB", "AUX", "ADJ"):
            return self._subject_of(governor, depth)
        if dep in ("xcomp", "ccomp") and s.pos[governor] in ("VERB", "AUX"):
            return self._controlled(governor, depth)
        if dep == "xcomp":
            copula = s.heads[governor] if s.deps[governor] in ("acomp", "attr", "oprd") else governor
            return self._subject_of(copula, depth)
        if dep == "advcl":
            return self._adverbial(i, governor, depth)
        if dep in ("acomp", "attr", "oprd"):
            return self._subject_of(governor, depth)
        if dep == "acl":
            return self._noun_modifier(i, governor, depth)
        if dep == "relcl":
            return [governor]
        if dep == "pcomp":
            return self._prepositional(governor, depth)
        return []

    def _controlled(self, governor: int, depth: int) -> list[int]:
        s = self._sentence
        if s.lemmas[governor] not in self._frames.subject_control:
            objects = [c for c in s.children[governor] if s.deps[c] in ("dobj", "dative")]
            if objects:
                return s.conjuncts(self.antecedent(objects[0], of=governor))
            asked = self._asked_by_preposition(governor)
            if asked:
                return asked
        return self._subject_of(governor, depth)

    def _asked_by_preposition(self, governor: int) -> list[int]:
        """ "called on both sides to halt": both sides halt."""
        s = self._sentence
        if s.lemmas[governor] not in self._frames.prepositional_control:
            return []
        for preposition in s.with_dep(governor, "prep"):
            if s.lemmas[preposition] in ("on", "upon", "to", "for", "with"):
                asked = s.child(preposition, "pobj")
                if asked is not None:
                    return s.conjuncts(asked)
        return []

    def _adverbial(self, i: int, governor: int, depth: int) -> list[int]:
        s = self._sentence
        infinitive = any(s.tags[c] == "TO" for c in s.children[i])
        if infinitive and s.lemmas[governor] in self._frames.object_control:
            objects = s.with_dep(governor, "dobj")
            if objects:
                return s.conjuncts(objects[0])
        if s.pos[governor] in ("VERB", "AUX"):
            return self._subject_of(governor, depth)
        return []

    def _noun_modifier(self, i: int, noun: int, depth: int) -> list[int]:
        """ "officials urging calm", "a plan to strike", "a law banning it": the noun acts, or whose plan it is."""
        s = self._sentence
        written = s.tags[i] == "VBG" and s.lemmas[noun] in self._frames.documents
        if not written and not any(s.tags[c] == "TO" for c in s.children[i]):
            return s.conjuncts(noun)
        possessors = s.with_dep(noun, "poss")
        if possessors:
            return s.conjuncts(possessors[0])
        owned = s.lemmas[noun] in self._frames.owned_acts
        for child in s.with_dep(noun, "prep"):
            if s.lemmas[child] in ("by", "for", "on", "to") or (owned and s.lemmas[child] == "of"):
                holders = s.with_dep(child, "pobj")
                if holders:
                    return s.conjuncts(holders[0])
        modifiers = [c for c in s.with_dep(noun, "amod", "compound", "nmod") if s.words[c][0].isupper()]
        if modifiers:
            return modifiers
        governor = s.heads[noun]
        if s.deps[noun] in ("dobj", "attr", "pobj"):
            if s.pos[governor] == "ADP":
                governor = s.heads[governor]
            if s.pos[governor] in ("VERB", "AUX"):
                return self._subject_of(governor, depth)
        return []

    def _prepositional(self, preposition: int, depth: int) -> list[int]:
        """ "accused Ankara of shelling": Ankara shells; "after meeting the envoy": the subject meets."""
        s = self._sentence
        governor = s.heads[preposition]
        if s.lemmas[preposition] == "for":
            culprits = self._blamed(governor)
            if culprits:
                return culprits
        if s.pos[governor] in ("VERB", "AUX"):
            if s.lemmas[preposition] in _PHRASE_PREPOSITIONS and s.lemmas[governor] in self._frames.phrase_control:
                objects = s.with_dep(governor, "dobj")
                if objects:
                    return s.conjuncts(self.antecedent(objects[0], of=governor))
            return self._subject_of(governor, depth)
        if s.pos[governor] == "ADJ" and s.deps[governor] in ("acomp", "attr"):
            # "guilty of shelling", "responsible for killing"
            return self._subject_of(s.heads[governor], depth)
        if s.pos[governor] in ("NOUN", "PROPN"):
            possessors = s.with_dep(governor, "poss")
            if possessors:
                return s.conjuncts(possessors[0])
            grand = s.heads[governor]
            if s.pos[grand] in ("VERB", "AUX") and s.deps[governor] == "dobj":
                return self._subject_of(grand, depth)
            return [governor] if s.deps[governor] in ("dobj", "nsubj", "pobj") else []
        return []

    def _blamed(self, governor: int) -> list[int]:
        """ "Opened a case against Lima for jailing him": Lima jails."""
        s = self._sentence
        for above in (governor, *s.with_dep(governor, "dobj")):
            for preposition in s.with_dep(above, "prep"):
                if s.lemmas[preposition] == "against":
                    return [t for culprit in s.with_dep(preposition, "pobj") for t in s.conjuncts(culprit)]
        return []

    def _subject_of(self, verb: int, depth: int) -> list[int]:
        if verb in self._known:
            return self._known[verb]
        return self._find(verb, depth)
