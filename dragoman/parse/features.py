"""A word goes in, the numbers come out by which the model knows it: its norm, its ends, its shape."""

from __future__ import annotations

import re
import runpy
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from dragoman.parse.kernels import Kernels, UnavailableError
from dragoman.parse.tokenizer import Word

# As the model's embedding tables are ordered.
FEATURES = ("NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE")
_SYMBOL = re.compile(r'"(\w+)": (\w+),')
_ENUM = re.compile(r"^ +(\w+)(?: = (\d+))? *(?:#.*)?$", re.MULTILINE)
_LONG_RUN = re.compile(r"(.)\1{4,}", re.DOTALL)


class Strings:
    """spaCy's numbers for strings: a hash, but for some four hundred that have a fixed number.

    ``number`` gives them. The fixed ones, and the norms of currencies and quotation marks, are read from the
    installed spaCy's files: importing spaCy for them would take longer than all the rest of the start.
    """

    def __init__(self, kernels: Kernels) -> None:
        # Ends and shapes of words come again and again.
        self.number = lru_cache(maxsize=1 << 16)(self._number)
        self._hash = kernels.hash_text
        spec = find_spec("spacy")
        folder = Path(((spec and spec.submodule_search_locations) or ["spacy"])[0])
        try:
            self._symbols = _read_symbols(folder)
            self.norms: dict[str, str] = runpy.run_path(str(folder / "lang" / "norm_exceptions.py"))["BASE_NORMS"]
        except (OSError, KeyError) as problem:
            raise UnavailableError(f"spaCy keeps its symbols and norms elsewhere than in 3.8 ({problem})") from problem

    def _number(self, text: str) -> int:
        found = self._symbols.get(text)
        return self._hash(text.encode()) if found is None else found


def _read_symbols(folder: Path) -> dict[str, int]:
    values: dict[str, int] = {}
    following = 0
    for name, value in _ENUM.findall((folder / "symbols.pxd").read_text(encoding="utf-8")):
        values[name] = int(value or following)
        following = values[name] + 1
    source = (folder / "symbols.pyx").read_text(encoding="utf-8")
    return {"": 0} | {text: values[name] for text, name in _SYMBOL.findall(source)}


class Features:
    """The features of words, by the norms of one model."""

    def __init__(self, folder: Path, strings: Strings) -> None:
        import srsly

        self._strings = strings
        tables = srsly.read_msgpack(folder / "vocab" / "lookups.bin")
        self._norms: dict[int, str] = tables["lexeme_norm"]

    def of(self, word: Word) -> list[int]:
        """One number for each of FEATURES; whether a blank follows is left open."""
        text, number = word.text, self._strings.number
        norm = word.norm or self._norms.get(number(text)) or self._strings.norms.get(text) or text.lower()
        return [number(norm), number(text[0]), number(text[-3:]), number(shape(text)), 0, int(text.isspace())]


def shape(text: str) -> str:
    """What a word looks like: capitals, other letters, digits, and no more than four of a kind in a row.

    >>> shape("Ankara's"), shape("F-16s"), shape("10,000")
    ("Xxxxx'x", 'X-ddx', 'dd,ddd')
    """
    if len(text) >= 100:
        return "LONG"
    return _LONG_RUN.sub(lambda run: run.group(1) * 4, "".join(map(_kind, text)))


def _kind(character: str) -> str:
    if character.isalpha():
        return "X" if character.isupper() else "x"
    return "d" if character.isdigit() else character
