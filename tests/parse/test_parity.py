"""The fast runtime gives what spaCy gives, the same bytes at every level, whatever is kept and whatever is batched."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import resources
from itertools import islice, product

import numpy as np
import pytest

import dragoman.parse.lexicon
import dragoman.parse.vectors
from dragoman.parse.fast_parser import FastParser
from dragoman.parse.kernels import LEVELS, Kernels, UnavailableError, affine, load_kernels
from dragoman.parse.models import DEFAULT_MODEL, default_model_folder
from dragoman.parse.parser import Runtime
from dragoman.parse.spacy_parser import SpacyParser
from dragoman.records import Sentence

# What is odd about these: blanks, marks, special cases of the tokenizer, contractions, lifted arcs, no words at all.
ODD = [
    " ",
    "  Lima  closed its   consulate. ",
    "a\x0bb\x0cc\x85d \x0b e",
    "Lima 🇵🇪 closed its consulate 😀. Quito 𝔭𝔯𝔬𝔱𝔢𝔰𝔱𝔢𝔡 :) :-( ^_^ ... (o:",
    "It was \"peace,'' ''war'' and ''calm,'' '' he said of Lima' 'em.",
    "… !!! ??? — “” () [] -- ''",
    "Let's go, y'all: they ain't gonna wait, c'mon, I've got ta run. There's no time. He's gotten there, I'd've said.",
    "What did Lima say that Quito had asked it for? The ship that the navy said it had seized sank, which hurt.",
    "See https://example.org/a?b=c, mail to x@example.org, pay $3.5bn or 10,000€ by 5p.m. on 3/4/2018 in N.Y.C.",
    "X",
    "case mark agent DATE det nsubj NOUN",
]


@pytest.fixture(scope="module")
def kernels() -> Kernels:
    try:
        return load_kernels()
    except UnavailableError as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="module")
def fast(kernels: Kernels) -> FastParser:
    return fast_parser(kernels)


def fast_parser(kernels: Kernels) -> FastParser:
    folder = default_model_folder()
    assert folder is not None
    return FastParser(folder, kernels)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Paragraphs from this repository, as much as hundred short reports, and the odd ones."""
    judge = resources.files("dragoman").joinpath("codebooks", "judge")
    lines = [line for name in ("sentences.tsv", "sentences_long.tsv") for line in read(judge.joinpath(name))]
    sentences = [re.sub(r"\[[AR]:|\]", "", line.split("\t")[1]) for line in lines if "\t" in line]
    # Six train sentences in a row make a paragraph.
    joined = [" ".join(sentences[start : start + 6]) for start in range(0, len(sentences), 36)]
    return [*ODD, *sample(), *joined]


def read(file: resources.abc.Traversable) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def sample() -> Iterator[str]:
    for line in read(resources.files("dragoman").joinpath("samples", "syria-2018.jsonl")):
        yield from filter(None, json.loads(line)["text"].split("\n"))


def parsed(runtime: Runtime, texts: list[str]) -> list[list[Sentence]]:
    return [list(of(offset=7, paragraph=3, first_index=2)) for of in runtime.pipe(texts)]


def test_what_comes_out_is_what_spacy_gives(
    fast: FastParser, texts: list[str], record_property: Callable[[str, object], None]
) -> None:
    same: Counter[str] = Counter()
    tokens = 0
    for ours, theirs in zip(parsed(fast, texts), parsed(SpacyParser(DEFAULT_MODEL), texts), strict=True):
        assert [s.words for s in ours] == [s.words for s in theirs]
        for one, other in zip(ours, theirs, strict=True):
            exact = ("index", "paragraph", "tags", "starts", "ends", "entities")
            assert [getattr(one, name) for name in exact] == [getattr(other, name) for name in exact]
            tokens += len(one)
            for name in ("heads", "deps", "pos", "lemmas"):
                same[name] += sum(map(str.__eq__, map(str, getattr(one, name)), map(str, getattr(other, name))))
    record_property("measured", f"parity with spaCy on {tokens} tokens, equal: {dict(same)}")
    assert tokens > 15_000
    assert all(equal >= 0.999 * tokens for equal in same.values()), same


def test_plain_letters_are_never_cut_but_for_special_cases(fast: FastParser) -> None:
    spacy = SpacyParser(DEFAULT_MODEL)
    texts = ["".join(letters) for letters in product("aAmMsSdtTn", repeat=4)]
    ours, theirs = (parsed(runtime, [" ".join(texts)])[0] for runtime in (fast, spacy))
    assert [sentence.words for sentence in ours] == [sentence.words for sentence in theirs]


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_gives_the_same_bytes(kernels: Kernels, level: str) -> None:
    try:
        other = load_kernels(level)
    except UnavailableError:
        pytest.skip("not for this processor")
    random = np.random.default_rng(7)
    layer = affine(random.normal(size=(100, 288)).astype(np.float32), random.normal(size=100).astype(np.float32))
    rows = random.normal(size=(21, 288)).astype(np.float32)
    assert other.affine(layer, rows).tobytes() == kernels.affine(layer, rows).tobytes()
    some = [*ODD, *islice(sample(), 4)]
    assert parsed(fast_parser(other), some) == parsed(fast_parser(kernels), some)


def test_what_is_kept_changes_nothing(
    kernels: Kernels, fast: FastParser, texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    some = texts[:60]
    expected = parsed(fast, some)
    monkeypatch.setattr(dragoman.parse.lexicon, "MOST_WORDS", 20)
    monkeypatch.setattr(dragoman.parse.vectors, "MOST_TYPES", 7)
    assert parsed(fast_parser(kernels), some) == expected
    assert [sentences for text in some for sentences in parsed(fast, [text])] == expected


def test_a_paragraph_of_all_different_words_finds_room(fast: FastParser) -> None:
    text = " ".join(map(chr, range(0x4E00, 0x4E00 + 9_000)))
    (sentences,) = parsed(fast, [text])
    assert "".join(word for sentence in sentences for word in sentence.words) == text.replace(" ", "")
