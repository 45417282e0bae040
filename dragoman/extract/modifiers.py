"""A token and its standing by place go in; out comes its standing with its own negation, modals, adverbs …"""

from __future__ import annotations

from dragoman.extract.signatures import Book, Standing, apply
from dragoman.records import Sentence

_NEGATIVE = frozenset(("no", "neither", "nobody", "none", "nothing", "nowhere"))
_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "neither", "nor", "no"))
_ONLY = frozenset(("only", "just", "merely", "simply", "necessarily"))
_NEGATABLE = frozenset(("nsubj", "nsubjpass", "attr", "dobj"))
_VERBAL = frozenset(("VERB", "AUX"))
_NOMINAL = frozenset(("NOUN", "PROPN"))
_HAVE = frozenset(("have", "’ve", "'ve"))
_PAST = frozenset(("VBN", "VBD"))
_PRESENT = frozenset(("VBZ", "VBP"))
_WH = frozenset(("WP", "WRB", "WDT", "WP$"))
_CONDITIONS = frozenset(("if", "unless"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl"))


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
            return self._by("wh" if any(s.tags[c] in _WH for c in self._openers(i)) else "question", outer)
        if s.tags[i] == "VB" and any(s.tags[c] == "TO" for c in s.with_dep(i, "aux")):
            return self._by("infinitive", outer)
        return self._by("imperative", outer) if self.is_imperative(i) else outer

    def _openers(self, i: int) -> list[int]:
        """What stands before the verb of a question, with the words below: "why", "in which town"."""
        s = self._sentence
        return [t for c in s.children[i] if c < i for t in s.subtree(c) if t < i]

    def is_imperative(self, i: int) -> bool:
        """Is it a bare verb without a subject: "stop the war"?"""
        s = self._sentence
        return s.tags[i] == "VB" and not any(s.deps[c] in _SUBJECTS or s.deps[c] == "aux" for c in s.children[i])

    def is_present(self, i: int) -> bool:
        """Is it "goes", "is held", "has gone"?"""
        tags = self._sentence.tags
        return tags[i] in _PRESENT or any(tags[c] in _PRESENT for c in self._sentence.with_dep(i, "aux", "auxpass"))

    def modify(self, i: int, outer: Standing) -> Standing:
        """The standing of token ``i`` in surroundings whose standing is ``outer``."""
        pos = self._sentence.pos[i]
        if pos in _NOMINAL:
            return self._noun(i, outer)
        here = self._negate(i, self._adverbs(i, outer))
        return self._modals(i, here) if pos in _VERBAL else here

    def has_no(self, i: int) -> bool:
        """Does the noun stand with "no"?"""
        s = self._sentence
        return any(s.deps[c] == "det" and s.words[c].lower() in ("no", "neither") for c in s.children[i])

    def has_modal(self, i: int, word: str) -> bool:
        """Does the verb stand with this modal?"""
        s = self._sentence
        return any(s.words[c].lower() == word for c in s.with_dep(i, "aux"))

    def has_adverb(self, i: int, word: str) -> bool:
        """Does this adverb hang on the token?"""
        s = self._sentence
        return any(s.words[c].lower() == word for c in s.with_dep(i, "advmod"))

    def is_past_perfect(self, i: int) -> bool:
        """Is it "had gone"?"""
        s = self._sentence
        return s.tags[i] in _PAST and any(s.words[c].lower() == "had" and s.deps[c] == "aux" for c in s.children[i])

    def is_inverted_condition(self, i: int) -> bool:
        """Is it "had it gone", "were it to go", "should it go", put first?"""
        s = self._sentence
        subject = s.child(i, "nsubj", "nsubjpass")
        first = s.child(i, "aux", "auxpass")
        return (
            subject is not None and first is not None and first < subject and i < s.heads[i]
            and s.words[first].lower() in ("had", "were", "should")
        )  # fmt: skip

    def _by(self, name: str, outer: Standing, cue: int | None = None) -> Standing:
        return apply(self._book.signatures[name], outer, name=name, cue=cue)

    def _modals(self, i: int, outer: Standing) -> Standing:
        s = self._sentence
        here = outer
        for c in s.children[i]:
            if s.tags[c] != "MD" or s.deps[c] != "aux":
                continue
            word = s.words[c].lower()
            entry = self._book.find("modal", word, "self")
            if s.tags[i] in _PAST and any(s.words[k].lower() in _HAVE and k > c for k in s.with_dep(i, "aux")):
                entry = self._book.find("modal", f"{word} have", "self") or entry
            elif entry is not None and entry.signature.name in ("will", "would") and self._has_condition(i):
                here = self._by("then", here, c)
                continue
            if entry is not None:
                here = apply(entry.signature, here, name=entry.name, cue=c)
        return here

    def _has_condition(self, i: int) -> bool:
        s = self._sentence
        return any(
            s.deps[c] == "mark" and s.words[c].lower() in _CONDITIONS
            for clause in s.with_dep(i, "advcl")
            for c in s.children[clause]
        )

    def _negate(self, i: int, outer: Standing) -> Standing:
        s = self._sentence
        verbal = s.pos[i] in _VERBAL
        here = outer
        for c in s.children[i]:
            dep, word = s.deps[c], s.words[c].lower()
            if word in _NEGATIONS and dep in ("neg", "preconj", "advmod", "det", "cc"):
                if word == "nor" or (word == "not" and c + 1 < len(s) and s.words[c + 1].lower() in _ONLY):
                    continue
                here = self._by("never" if word == "never" else "not", here, c)
            elif dep == "advmod" and any(s.words[k].lower() == "never" for k in s.children[c]):
                here = self._by("never", here, c)
            elif word == "longer" and any(s.words[k].lower() in ("no", "any") for k in s.children[c]):
                here = self._by("no longer", here, c)
            elif verbal and dep in _NEGATABLE and (word in _NEGATIVE or self.has_no(c)):
                here = self._by("no object" if dep == "dobj" else "no subject", here, c)
        return here

    def _noun(self, i: int, outer: Standing) -> Standing:
        s = self._sentence
        here = outer
        for c in s.children[i]:
            dep, word = s.deps[c], s.words[c].lower()
            entry = None
            if dep == "neg":
                here = self._by("not", here, c)
            elif dep == "det":
                entry = self._book.find("determiner", word, "self")
            elif dep in ("amod", "compound"):
                entry = self._book.find("adjective", word, "modified")
            if entry is not None:
                here = apply(entry.signature, here, name=entry.name, cue=c)
        return here

    def _adverbs(self, i: int, outer: Standing) -> Standing:
        s = self._sentence
        here = outer
        for c in s.children[i]:
            if s.deps[c] in ("advmod", "prep"):
                entry = self._book.find("adverb", s.lemmas[c].lower(), "self")
                if entry is None or (entry.signature.name == "nearly" and c != i - 1):
                    continue
                here = apply(entry.signature, here, name=entry.name, cue=c)
        return here
