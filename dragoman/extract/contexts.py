"""A parsed sentence goes in; out comes the standing of each of its tokens: does the text tell it as fact?

The standing of a token is that of its governor, changed first by the way in which the governor embeds it
(``environment``: "refused to *sign*") and then by what it carries itself (``standing``: "did not *sign*").
"""

from __future__ import annotations

from dragoman.extract.embedding import Governor, complement_form, find_governor, marker_of
from dragoman.extract.modifiers import Modifiers
from dragoman.extract.signatures import FACT, Book, Standing, apply
from dragoman.extract.subjects import SubjectFinder
from dragoman.extract.vouching import tells_own_act
from dragoman.records import Sentence

_COMPLEMENT = frozenset(("ccomp", "xcomp", "csubj", "csubjpass", "oprd"))
_ARGUMENT = {"dobj": "object", "nsubjpass": "object", "dative": "object", "nsubj": "subject", "attr": "attr"}
_NOUN = frozenset(("NOUN", "PROPN"))
_DEFINITE = frozenset(("the", "this", "these", "that", "those"))
_BASE_FORMS = frozenset(("VB", "VBN", "VBG"))
_TEMPORAL = frozenset(("when", "once", "until", "after", "before", "whenever"))
_OPEN = frozenset(("planned", "hypothetical"))
# What says whose deed it is, and what says that it was done.
_ASCRIBED = frozenset(("ascribe", "attribute", "blame"))
_SUBJECTS = ("nsubj", "nsubjpass")
_CARRYING_OUT = frozenset(("mount", "launch", "carry", "conduct", "stage", "commit", "perpetrate", "undertake"))


class Contexts:
    """Finds the standing of the tokens of one sentence; answers are kept."""

    def __init__(self, sentence: Sentence, book: Book) -> None:
        self._sentence = sentence
        self._book = book
        self._modifiers = Modifiers(sentence, book)
        self._subjects: SubjectFinder | None = None
        self._environments: list[Standing | None] = [None] * len(sentence)
        self._standings: list[Standing | None] = [None] * len(sentence)
        self._reporters: dict[int, Governor] = {}

    @property
    def subjects(self) -> SubjectFinder:
        """Who acts in the clauses of this sentence."""
        if self._subjects is None:
            self._subjects = SubjectFinder(self._sentence)
        return self._subjects

    def standing(self, i: int) -> Standing:
        """How the text presents what token ``i`` tells, its own negation, modals and adverbs included."""
        known = self._standings[i]
        if known is not None:
            return known
        # From the top down, so that a list of a thousand names needs no thousand calls within each other.
        above, head = [i], self._sentence.heads[i]
        while self._standings[head] is None and head != above[-1] and len(above) < len(self._sentence):
            above.append(head)
            head = self._sentence.heads[head]
        for each in reversed(above):
            if self._standings[each] is None:
                self._standings[each] = FACT  # a broken tree must not send us round in circles
                standing = self._modifiers.modify(each, self.environment(each))
                self._standings[each] = self._told_below(each) or standing
        return self._standings[i] or FACT

    def _told_below(self, noun: int) -> Standing | None:
        """How a clause about the noun tells that it was done: "the ambush they **are said to have laid**"."""
        s = self._sentence
        if s.pos[noun] not in _NOUN:
            return None
        for clause in s.with_dep(noun, "acl", "relcl"):
            if s.child(clause, *_SUBJECTS) is None:
                if s.tags[clause] == "VBN" and s.lemmas[clause] in _ASCRIBED:
                    return self._by("accuse", FACT, cue=clause)
                continue
            verbs = [clause, *s.with_dep(clause, "xcomp", "ccomp")]
            done = next((v for v in reversed(verbs) if s.lemmas[v] in _CARRYING_OUT), None)
            if done is None:
                continue
            done_to = s.child(done, "dobj")
            if done_to is not None and done_to not in self._relatives(done):
                continue
            standing = self.standing(done)
            if standing.status != "actual":
                return standing
        return None

    def _relatives(self, verb: int) -> list[int]:
        return [c for c in self._sentence.children[verb] if self._sentence.words[c].lower() in ("that", "which")]

    def environment(self, i: int) -> Standing:
        """The standing that token ``i`` has from its place in the sentence alone."""
        known = self._environments[i]
        if known is None:
            self._environments[i] = FACT
            known = self._place(i)
            self._environments[i] = known
        return known

    def _place(self, i: int) -> Standing:
        s = self._sentence
        dep, head = s.deps[i], s.heads[i]
        if head == i:
            return self._modifiers.modify_root(i, FACT)
        if dep == "conj":
            return self._conjunct(i, head)
        if dep in _COMPLEMENT:
            return self._complement(i, head)
        if dep == "acl":
            return self._noun_clause(i, head)
        if dep == "advcl":
            return self._adverbial(i, head)
        if dep in ("pobj", "pcomp"):
            return self._below_preposition(i, head)
        if dep in _ARGUMENT:
            return self._argument(i, head, _ARGUMENT[dep])
        if dep in ("compound", "nmod", "amod", "poss"):
            return self._premodifier(i, head)
        if dep == "relcl":
            clause = any(s.tags[c] == "TO" or s.deps[c] == "mark" for c in s.with_dep(i, "aux", "mark"))
            return self._noun_clause(i, head) if clause else self._relative(head)
        if dep == "parataxis":
            return self._modifiers.modify_root(i, FACT)
        return self.standing(head)

    def _by(self, name: str, outer: Standing, *, cue: int | None = None) -> Standing:
        return apply(self._book.signatures[name], outer, name=name, cue=cue)

    def _embed(self, i: int, head: int, reach: str) -> Standing | None:
        governor = find_governor(self._sentence, self._book, head, reach)
        if governor is None or governor.token == i:
            return None
        if reach == "to" and self._modifiers.has_adverb(governor.token, "too"):
            return self._by("too", self.standing(head), cue=governor.token)
        if governor.entry.signature.name == "report":
            self._reporters[i] = governor
            return self._reported(i, governor)
        return self._governed(governor, head)

    def _governed(self, governor: Governor, head: int) -> Standing:
        token, entry = governor
        outer = self.standing(head if self._sentence.deps[token] in ("prt", "advmod") else token)
        return apply(entry.signature, outer, name=entry.name, cue=token)

    def _reported(self, i: int, governor: Governor) -> Standing:
        """What somebody says: their claim, unless they tell of their own act."""
        s = self._sentence
        source = s.child(governor.token, "nsubj")
        signature = governor.entry.signature
        own = source is not None and tells_own_act(s, self.subjects, i, source=(s, source))
        if own:
            signature = self._book.signatures["own act"]
        name = f"{governor.entry.name}, own act" if own else governor.entry.name
        return apply(signature, self.standing(governor.token), name=name, cue=governor.token)

    def _conjunct(self, i: int, first: int) -> Standing:
        """Coordinated forms share what stands before the first: "will meet and discuss", "no raid or attack"."""
        s = self._sentence
        kids = s.children[i]
        coordinator = max((c for c in s.with_dep(first, "cc") if c < i), default=None)
        word = "" if coordinator is None else s.words[coordinator].lower()
        if word == "nor":
            return self._by("not", self.environment(first), cue=coordinator)
        own = any(s.deps[c] in ("aux", "nsubj", "nsubjpass") for c in kids)
        if s.tags[i] in _BASE_FORMS and s.tags[i] == s.tags[first] and not own and word != "but":
            return self.standing(first)
        if s.pos[i] in _NOUN and word != "but" and not any(s.deps[c] in ("det", "poss") for c in kids):
            return self.standing(first)
        outer = self.environment(first)
        if first in self._reporters and s.pos[i] in ("VERB", "AUX"):
            self._reporters[i] = self._reporters[first]
            return self._reported(i, self._reporters[first])
        return outer

    def _complement(self, i: int, head: int) -> Standing:
        form = complement_form(self._sentence, i)
        found = self._called_false(head, form) or self._embed(i, head, form)
        if found is None and form in ("whether", "wh", "subjunctive"):
            found = self._by(form, self.standing(head))
        if found is not None:
            return found
        outer = self.standing(head)
        if form == "to" and self._sentence.deps[i] != "ccomp":
            return self._by("infinitive", outer)
        return self._by("indefinite", outer) if outer.status == "negated" else outer

    def _noun_clause(self, i: int, head: int) -> Standing:
        s = self._sentence
        form = complement_form(s, i)
        participle = s.tags[i] == "VBN" and not any(s.deps[c] in ("aux", "auxpass") for c in s.children[i])
        found = None if participle else self._called_false(head, form) or self._embed(i, head, form)
        if found is None and form == "ing" and s.deps[head] in ("dobj", "nsubjpass"):
            found = self._embed(i, s.heads[head], form)
        if found is not None:
            return found
        if form == "subjunctive":
            return self._by(form, self.standing(head))
        if form == "to" and not participle:
            return self._by("infinitive", self.standing(head))
        if participle and self._is_definite(head):
            return self._by("presuppose", FACT)
        return self._relative(head)

    def _called_false(self, noun: int, form: str) -> Standing | None:
        """ "Reports that the dam had burst **were false**"."""
        s = self._sentence
        verb = s.heads[noun]
        predicate = s.child(verb, "acomp") if s.deps[noun] == "nsubj" and s.lemmas[verb] == "be" else None
        entry = self._book.find("adjective", s.lemmas[predicate].lower(), "that") if predicate is not None else None
        if entry is None or entry.signature.name != "not" or form != "that":
            return None
        return apply(entry.signature, self.standing(verb), name=entry.name, cue=predicate)

    def _relative(self, noun: int) -> Standing:
        """A clause about a noun is a fact, unless the noun is any such thing in what is no fact itself."""
        if self._modifiers.has_no(noun) or self._sentence.lemmas[noun] in ("nothing", "nobody"):
            return self._by("argument", self.standing(noun))
        if self._sentence.pos[noun] != "NOUN" or self._is_definite(noun):
            return FACT
        outer = self.standing(noun)
        return FACT if outer.status in ("actual", "alleged") else self._by("indefinite", outer)

    def _adverbial(self, i: int, head: int) -> Standing:
        s = self._sentence
        form = complement_form(s, i)
        marker, word = marker_of(s, i)
        if form == "to" and s.tags[i] in ("VB", "VBN") and any(s.tags[c] == "TO" for c in s.children[i]):
            found = self._embed(i, head, "+for") if i > head and word == "for" else None
            found = found or (self._embed(i, head, "to") if i > head else None)
            return found or self._by("purpose", self.standing(head))
        entry = self._book.find("marker", word, "clause") if word else None
        if entry is not None:
            if entry.signature.name == "if" and self._modifiers.is_past_perfect(i):
                return self._by("counterfactual", FACT, cue=marker)
            return apply(entry.signature, FACT, name=entry.name, cue=marker)
        if not word and self._modifiers.is_inverted_condition(i):
            return self._by("counterfactual", FACT)
        if form == "ing" and not word and i > head and "," not in s.words[head:i]:
            found = self._embed(i, head, form)
            if found is not None:
                return found
        outer = self.standing(head)
        if self._modifiers.is_present(i) and outer.status in _OPEN and word in _TEMPORAL:
            return self._by("awaited", FACT, cue=marker)
        return outer if form == "ing" and not word and outer.status != "negated" else FACT

    def _below_preposition(self, i: int, preposition: int) -> Standing:
        s = self._sentence
        head = s.heads[preposition]
        word = s.words[preposition].lower()
        if s.pos[head] in ("ADP", "ADV", "SCONJ") and s.pos[s.heads[head]] in ("VERB", "AUX", "NOUN"):
            head = s.heads[head]
        found = self._embed(i, head, f"+{word}") or self._over_the_object(i, head, word)
        if found is not None:
            return found
        before = s.words[preposition - 1].lower() if preposition else ""
        entry = self._book.find("preposition", f"{before} {word}", "object")
        entry = entry or self._book.find("preposition", word, "object")
        outer = self.standing(head)
        if entry is not None:
            return apply(entry.signature, outer, name=entry.name, cue=preposition)
        if word == "for" and s.tags[i] == "VBG" and s.pos[head] == "VERB":
            return self._by("presuppose", FACT, cue=preposition)  # "will pay for cheating": the cheating is a fact
        if s.pos[i] in _NOUN:
            return self._noun(i, outer)
        if outer.status == "negated":
            return self._by("argument", outer) if self._modifiers.has_no(head) else FACT
        return outer

    def _over_the_object(self, i: int, noun: int, word: str) -> Standing | None:
        """The verb above the noun that a preposition hangs on: "accused Ankara of shelling"."""
        s = self._sentence
        if s.deps[noun] not in ("dobj", "nsubjpass", "pobj") or s.pos[noun] not in _NOUN:
            return None
        verb = s.heads[noun]
        if s.pos[verb] == "ADP":
            verb = s.heads[verb]
        return self._embed(i, verb, f"+{word}") if s.pos[verb] == "VERB" else None

    def _argument(self, i: int, head: int, reach: str) -> Standing:
        s = self._sentence
        if self._modifiers.has_no(i):
            return self.environment(head)
        if reach == "attr":
            return self.standing(head)
        found = self._embed(i, head, reach)
        if found is not None:
            return found
        outer = self.standing(head)
        if s.deps[i] != "dobj" and not self._is_definite(i) and self._modifiers.has_modal(head, "would"):
            return self._by("then", FACT)
        return self._noun(i, outer)

    def _noun(self, i: int, outer: Standing) -> Standing:
        return self._by("definite" if self._is_definite(i) else "indefinite", outer)

    def _is_definite(self, i: int) -> bool:
        s = self._sentence
        return any(
            s.deps[c] == "poss" or (s.deps[c] == "det" and s.words[c].lower() in _DEFINITE) for c in s.children[i]
        )

    def _premodifier(self, i: int, head: int) -> Standing:
        s = self._sentence
        if s.deps[i] == "compound":
            return self._embed(i, head, "compound") or self._by("compound", self.standing(head))
        if s.tags[i] == "VBG" and s.deps[head] == "dobj" and s.pos[i - 1] in ("VERB", "ADP"):
            # "stopped enriching uranium", read as if the uranium enriched
            found = self._embed(i, s.heads[head], "ing")
            if found is not None:
                return found
        return self._by("definite", self.standing(head))
