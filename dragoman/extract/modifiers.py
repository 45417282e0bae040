"""A token and its standing go in; out comes the standing with the token's own negation, modals, adverbs and adjectives."""

from __future__ import annotations

from dragoman.extract.signatures import Book, Standing, apply
from dragoman.records import Sentence

_NEGATIVE = frozenset(("no", "neither", "nobody", "none", "nothing", "nowhere"))
_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "neither", "nor", "no"))
_ONLY = frozenset(("only", "just", "merely", "simply", "necessarily"))
_NEGATABLE = frozenset(("nsubj", "nsubjpass", "attr", "dobj"))
_VERBAL = frozenset(("VERB", "AUX"))
_NOMINAL = frozenset(("NOUN", "PROPN"))
_COMPLETED = frozenset(("have", "’ve", "'ve", "of"))


class Modifiers:
    """What the tokens of one sentence carry themselves."""

    def __init__(self, sentence: Sentence, book: Book) -> None:
        self._sentence = sentence
        self._book = book
        self._question = "?" in sentence.words[-3:]

    def modify_root(self, i: int, outer: Standing) -> Standing:
        """The standing of the root: a question, an order, or a plain statement."""
        s = self._sentence
        if self._question:
            return self._by("question", outer)
        if s.tags[i] == "VB" and not any(s.deps[c] in ("nsubj", "nsubjpass", "aux", "auxpass", "expl") for c in s.children[i]):
            return self._by("imperative", outer)
        return outer

    def modify(self, i: int, outer: Standing) -> Standing:
        """The standing of token ``i`` in surroundings whose standing is ``outer``."""
        pos = self._sentence.pos[i]
        if pos in _VERBAL:
            return self._verb(i, outer)
        if pos in _NOMINAL:
            return self._noun(i, outer)
        return self._adverbs(i, self._negate(i, outer))

    def _by(self, name: str, outer: Standing, cue: int | None = None) -> Standing:
        return apply(self._book.signatures[name], outer, name=name, cue=cue)

    def _verb(self, i: int, outer: Standing) -> Standing:
        s = self._sentence
        here = self._negate(i, outer)
        for c in s.children[i]:
            if s.tags[c] == "MD" and s.deps[c] == "aux":
                here = self._modal(i, c, here)
        here = self._adverbs(i, here)
        return here

    def _modal(self, i: int, modal: int, outer: Standing) -> Standing:
        s = self._sentence
        entry = self._book.find("modal", s.words[modal].lower(), "self")
        if entry is None:
            return outer
        perfect = any(s.deps[c] == "aux" and c > modal and s.words[c].lower() in _COMPLETED for c in s.children[i])
        if perfect and s.tags[i] in ("VBN", "VBD"):
            past = self._book.find("modal", f"{entry.word} have", "self")
            entry = past or entry
        elif self._has_condition(i) and entry.signature.name in ("will", "would"):
            return apply(self._book.signatures["then"], outer, name="if … then", cue=modal)
        return apply(entry.signature, outer, name=entry.name, cue=modal)

    def _has_condition(self, i: int) -> bool:
        s = self._sentence
        return any(
            s.deps[c] == "mark" and s.words[c].lower() in ("if", "unless")
            for clause in s.with_dep(i, "advcl")
            for c in s.children[clause]
        )

    def _negate(self, i: int, outer: Standing) -> Standing:
        s = self._sentence
        here = outer
        for c in s.children[i]:
            dep, word = s.deps[c], s.words[c].lower()
            if dep in ("neg", "preconj", "advmod", "det", "cc") and word in _NEGATIONS:
                if word != "not" or c + 1 == len(s) or s.words[c + 1].lower() not in _ONLY:
                    here = self._by("never" if word == "never" else "not", here, c)
            elif word == "longer" and any(s.words[k].lower() in ("no", "any") for k in s.children[c]):
                here = self._by("no longer", here, c)
            elif dep in _NEGATABLE and (word in _NEGATIVE or self.has_no(c)) and s.pos[i] in _VERBAL:
                here = self._by("no object" if dep == "dobj" else "no subject", here, c)
        return here

    def has_no(self, i: int) -> bool:
        """Does the noun stand with "no"?"""
        s = self._sentence
        return any(s.deps[c] == "det" and s.words[c].lower() in ("no", "neither") for c in s.children[i])

    def _noun(self, i: int, outer: Standing) -> Standing:
        s = self._sentence
        here = outer
        for c in s.children[i]:
            dep = s.deps[c]
            if dep == "neg":
                here = self._by("not", here, c)
            elif dep == "det":
                entry = self._book.find("determiner", s.words[c].lower(), "self")
                if entry is not None:
                    here = apply(entry.signature, here, name=entry.name, cue=c)
            elif dep in ("amod", "compound"):
                entry = self._book.find("adjective", s.words[c].lower(), "modified")
                if entry is not None:
                    here = apply(entry.signature, here, name=entry.name, cue=c)
        return here

    def _adverbs(self, i: int, outer: Standing) -> Standing:
        s = self._sentence
        here = outer
        for c in s.children[i]:
            if s.deps[c] == "advmod":
                entry = self._book.find("adverb", s.lemmas[c].lower(), "self")
                if entry is not None:
                    here = apply(entry.signature, here, name=entry.name, cue=c)
        return here
