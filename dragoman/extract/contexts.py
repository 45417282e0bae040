"""A parsed sentence goes in; out comes the standing of each of its tokens: does the text tell it as fact?

The standing of a token is that of its governor, changed first by the way in which the governor embeds it
(``environment``: "refused to *sign*") and then by what it carries itself (``standing``: "did not *sign*").
"""

from __future__ import annotations

from dragoman.extract.embedding import complement_form, find_governor
from dragoman.extract.modifiers import Modifiers
from dragoman.extract.signatures import Book, Standing, apply
from dragoman.records import Sentence

_FACT = Standing("actual", 3.0)
_COMPLEMENT = frozenset(("ccomp", "xcomp", "csubj", "csubjpass", "oprd"))
_ARGUMENT = {"dobj": "object", "nsubjpass": "object", "dative": "object", "nsubj": "subject", "attr": "attr"}
_NOUN = frozenset(("NOUN", "PROPN"))
_DEFINITE = frozenset(("the", "this", "these", "that", "those"))
_BASE_FORMS = frozenset(("VB", "VBN", "VBG"))
_PRESENT = frozenset(("VBZ", "VBP"))


class Contexts:
    """Finds the standing of the tokens of one sentence; answers are kept."""

    def __init__(self, sentence: Sentence, book: Book) -> None:
        self._sentence = sentence
        self._book = book
        self._modifiers = Modifiers(sentence, book)
        self._environments: list[Standing | None] = [None] * len(sentence)
        self._standings: list[Standing | None] = [None] * len(sentence)

    def standing(self, i: int) -> Standing:
        """How the text presents what token ``i`` tells, its own negation, modals and adverbs included."""
        known = self._standings[i]
        if known is None:
            self._standings[i] = _FACT  # a broken tree must not send us round in circles
            known = self._modifiers.modify(i, self.environment(i))
            self._standings[i] = known
        return known

    def environment(self, i: int) -> Standing:
        """The standing that token ``i`` has from its place in the sentence alone."""
        known = self._environments[i]
        if known is None:
            self._environments[i] = _FACT
            known = self._place(i)
            self._environments[i] = known
        return known

    def _place(self, i: int) -> Standing:
        s = self._sentence
        dep, head = s.deps[i], s.heads[i]
        if head == i:
            return self._modifiers.modify_root(i, _FACT)
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
            return self._relative(head)
        if dep == "parataxis":
            return _FACT
        return self.standing(head)

    def _conjunct(self, i: int, first: int) -> Standing:
        """Coordinated forms share what stands before the first: "will meet and discuss", "no raid or attack"."""
        s = self._sentence
        kids = s.children[i]
        coordinator = max((c for c in s.with_dep(first, "cc") if c < i), default=None)
        contrast = coordinator is not None and s.words[coordinator].lower() == "but"
        if coordinator is not None and s.words[coordinator].lower() == "nor":
            return self._by("not", self.environment(first), cue=coordinator)
        own = any(s.deps[c] in ("aux", "nsubj", "nsubjpass") for c in kids)
        if s.tags[i] in _BASE_FORMS and s.tags[i] == s.tags[first] and not own and not contrast:
            return self.standing(first)
        if s.pos[i] in _NOUN and not contrast and not any(s.deps[c] in ("det", "poss") for c in kids):
            return self.standing(first)
        return self.environment(first)

    def _embed(self, i: int, head: int, reach: str) -> Standing | None:
        governor = find_governor(self._sentence, self._book, head, reach)
        if governor is None or governor.token == i:
            return None
        token, entry = governor
        outer = self.standing(head if self._sentence.deps[token] in ("prt", "advmod") else token)
        return apply(entry.signature, outer, name=entry.name, cue=token)

    def _by(self, name: str, outer: Standing, *, cue: int | None = None) -> Standing:
        return apply(self._book.signatures[name], outer, name=name, cue=cue)

    def _complement(self, i: int, head: int) -> Standing:
        form = complement_form(self._sentence, i)
        found = self._embed(i, head, form)
        if found is None and form in ("whether", "wh", "subjunctive"):
            found = self._by(form, self.standing(head))
        if found is not None:
            return found
        outer = self.standing(head)
        if form == "to" and self._sentence.deps[i] != "ccomp":
            return self._by("infinitive", outer)
        if outer.status == "negated":
            return self._by("indefinite", outer)
        return outer

    def _noun_clause(self, i: int, head: int) -> Standing:
        form = complement_form(self._sentence, i)
        participle = self._sentence.tags[i] == "VBN" and not any(
            self._sentence.deps[c] in ("aux", "auxpass") for c in self._sentence.children[i]
        )
        found = None if participle else self._embed(i, head, form)
        if found is not None:
            return found
        if form == "subjunctive":
            return self._by(form, self.standing(head))
        return self._by("infinitive", self.standing(head)) if form == "to" and not participle else self._relative(head)

    def _relative(self, noun: int) -> Standing:
        """A clause about a noun is a fact, unless the noun is any such thing in what is no fact itself."""
        if self._sentence.pos[noun] != "NOUN" or self._is_definite(noun):
            return _FACT
        outer = self.standing(noun)
        return _FACT if outer.status in ("actual", "alleged") else self._by("indefinite", outer)

    def _adverbial(self, i: int, head: int) -> Standing:
        s = self._sentence
        form = complement_form(s, i)
        marker = next((c for c in s.children[i] if s.deps[c] == "mark" or s.tags[c] == "WRB"), None)
        word = "" if marker is None else s.words[marker].lower()
        if form == "to" and s.tags[i] == "VB":
            reach = "+for" if word == "for" else "to"
            found = self._embed(i, head, reach) if i > head else None
            return found or self._by("purpose", self.standing(head))
        entry = self._book.find("marker", word, "clause") if word else None
        if entry is not None:
            return apply(entry.signature, _FACT, name=entry.name, cue=marker)
        outer = self.standing(head)
        if s.tags[i] in _PRESENT and outer.status in ("planned", "hypothetical") and word in ("when", "once", "until", "after", "before", "as"):
            return self._by("then", _FACT)
        if form == "ing" and not word and outer.status != "negated":
            return outer
        return _FACT

    def _below_preposition(self, i: int, preposition: int) -> Standing:
        s = self._sentence
        head = s.heads[preposition]
        word = s.words[preposition].lower()
        found = self._embed(i, head, f"+{word}")
        if found is None and s.deps[head] in ("dobj", "nsubjpass", "pobj") and s.pos[head] in _NOUN:
            up = s.heads[head]
            if s.pos[up] == "ADP":
                up = s.heads[up]
            if s.pos[up] == "VERB":
                found = self._embed(i, up, f"+{word}")
        if found is not None:
            return found
        if s.pos[head] in ("ADP", "ADV", "SCONJ") :
            joined = self._book.find("preposition", f"{s.words[head].lower()} {word}", "object")
            head = s.heads[head]
        else:
            joined = None
        entry = joined or self._book.find("preposition", word, "object")
        outer = self.standing(head)
        if entry is not None:
            return apply(entry.signature, outer, name=entry.name, cue=preposition)
        if s.pos[i] in _NOUN:
            return self._noun(i, outer)
        return _FACT if outer.status == "negated" else outer

    def _argument(self, i: int, head: int, reach: str) -> Standing:
        if self._modifiers.has_no(i):
            return self.environment(head)
        if reach == "attr":
            return self.standing(head)
        found = self._embed(i, head, reach)
        if found is not None:
            return found
        return self._noun(i, self.standing(head))

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
            found = self._embed(i, head, "compound")
            if found is not None:
                return found
            return self._by("compound", self.standing(head))
        return self._by("definite", self.standing(head))
