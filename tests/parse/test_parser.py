"""Parsed sentences: spans that hold the words, no sentence across paragraphs, batches that change nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.errors import ModelError
from dragoman.parse import Parser
from dragoman.parse.parser import LONGEST_PARAGRAPH
from dragoman.records import Document, Sentence

Parse = Callable[..., tuple[Document, tuple[Sentence, ...]]]

HOSTILE = [
    "Lima 🇵🇪 closed its consulate 😀. Quito 𝔭𝔯𝔬𝔱𝔢𝔰𝔱𝔢𝔡.",
    "\ufeff\u200fLima\u200e closed\u00a0its consulate.\r\n\r\n\tQuito protested.",
    "Bogota\u0301 accused Peru\u0301 of spying.\u2028Quito agreed.",
    "“Go home,” said Lima.\n\n“No,” said Quito.",
    "… !!! ??? — “” () [] -- ''",
    "a\x0bb\x0cc\x85d",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_every_token_stands_where_it_says(parse: Parse, text: str) -> None:
    document, sentences = parse(text)
    last = 0
    for number, sentence in enumerate(sentences):
        assert sentence.index == number
        for word, start, end in zip(sentence.words, sentence.starts, sentence.ends, strict=True):
            assert document.text[start:end] == word or not word.strip()
            assert start >= last
            last = end
        assert all(0 <= head < len(sentence) for head in sentence.heads)
        assert all(0 <= e.first < e.stop <= len(sentence) for e in sentence.entities)


def test_a_sentence_never_crosses_a_paragraph(parse: Parse) -> None:
    document, sentences = parse("Peru and Chile open talks\n\nBolivia stayed away\n\nand Quito protested loudly.")
    assert [document.text[slice(*s.span)] for s in sentences] == [
        "Peru and Chile open talks", "Bolivia stayed away", "and Quito protested loudly.",
    ]  # fmt: skip
    assert [s.paragraph for s in sentences] == [0, 1, 2]


def test_a_hard_wrapped_sentence_is_one_sentence(parse: Parse) -> None:
    _, sentences = parse("The navy of Peru seized three Chilean trawlers on Monday near\nthe disputed border at sea.")
    assert len(sentences) == 1
    assert "seized" in sentences[0].words


def test_every_tree_has_its_root_inside(parse: Parse) -> None:
    _, sentences = parse("Lima closed its consulate. Quito, which had asked it to wait, protested and left.")
    for sentence in sentences:
        assert any(sentence.heads[i] == i for i in range(len(sentence)))
        for i in range(len(sentence)):
            assert len(list(sentence.ancestors(i))) < len(sentence)


def test_a_very_long_paragraph_is_cut_between_words_and_loses_none(parser: Parser) -> None:
    text = "Lima closed its consulate in Quito. " * (LONGEST_PARAGRAPH // 36 + 40)
    sentences = parser.parse(Document(id="long", text=text))
    assert sum(sentence.words.count("consulate") for sentence in sentences) == text.count("consulate")
    assert all(text[a:b] == w for s in sentences for w, a, b in zip(s.words, s.starts, s.ends, strict=True))


def test_batches_keep_the_order_and_give_what_one_by_one_gives(parser: Parser) -> None:
    some = ["Lima closed its consulate.", " ", "Quito protested.\n\nBogota did not.", "Peru sent aid to Haiti."] * 3
    documents = [Document(id=str(number), text=text) for number, text in enumerate(some)]
    together = list(parser.pipe(documents))
    assert [document for document, _ in together] == documents
    assert all(sentences == parser.parse(document) for document, sentences in together)


def test_the_same_document_twice_in_a_batch(parser: Parser) -> None:
    document = Document(id="1", text="Lima closed its consulate.")
    assert [len(sentences) for _, sentences in parser.pipe([document, document])] == [1, 1]


def test_a_model_that_is_not_there_is_named_with_what_to_do() -> None:
    with pytest.raises(ModelError, match=r"en_core_web_none.*--model"):
        Parser("en_core_web_none")
