"""Pronouns and definite descriptions: who is meant, and silence where nobody fits."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.records import Attribution, Document, Mention, Sentence
from dragoman.resolve.actors import ActorResolver

Parse = Callable[..., tuple[Document, tuple[Sentence, ...]]]
Find = Callable[..., list[tuple[str, str, str | None]]]


@pytest.fixture(scope="module")
def refer(parse: Parse) -> Find:
    resolver = ActorResolver()

    def found(text: str, published: str | None = None) -> list[tuple[str, str, str | None]]:
        document, sentences = parse(text, published)
        return [
            (document.text[m.span[0] : m.span[1]], m.actor.name, m.actor.code)
            for m in resolver.resolve(document, sentences)
            if m.kind in {"pronoun", "description"}
        ]

    return found


def mentions_of(parse: Parse, text: str) -> dict[str, Mention]:
    document, sentences = parse(text)
    return {document.text[m.span[0] : m.span[1]]: m for m in ActorResolver().resolve(document, sentences)}


def test_he_is_the_subject_of_the_clause_before(refer: Find) -> None:
    assert refer("Emmanuel Macron said he would visit Lagos.", "2018-07-01") == [("he", "Emmanuel Macron", "FRAGOV")]


def test_she_is_not_a_man(refer: Find) -> None:
    text = "Angela Merkel met Emmanuel Macron in Berlin. She praised the talks."
    assert ("She", "Angela Merkel", "DEUGOV") in refer(text, "2018-06-19")


def test_it_and_its_take_up_a_state(refer: Find) -> None:
    got = refer("Ethiopia said it would keep its dam.")
    assert [name for _, name, _ in got] == ["Ethiopia", "Ethiopia"]


def test_it_is_clear_means_nobody(refer: Find) -> None:
    assert refer("Norway objected. It is clear that the price matters.") == []


def test_it_may_be_a_thing(refer: Find) -> None:
    assert not [r for r in refer("The storm hit Cuba. The hurricane weakened before it moved north.") if r[0] == "it"]


def test_no_guess_without_a_fitting_antecedent(refer: Find) -> None:
    assert refer("Prices rose in March. He was not surprised.") == []


def test_his_after_and_is_the_one_before(parse: Parse) -> None:
    document, sentences = parse("Vladimir Putin warned Bashar al-Assad and his generals.", "2016-03-01")
    last = ActorResolver().resolve(document, sentences)[-1]
    assert last.actor.code == "SYRMIL"


def test_him_is_not_the_one_who_acts(refer: Find) -> None:
    text = "Emmanuel Macron spoke on Friday. Angela Merkel phoned Vladimir Putin to thank him."
    assert ("him", "Vladimir Putin", "RUSGOV") in refer(text, "2018-06-19")


def test_an_ability_is_its_possessors(refer: Find) -> None:
    text = "Donald Trump doubted Xi Jinping's ability to keep his promise."
    assert ("his", "Xi Jinping", "CHNGOV") in refer(text, "2018-06-19")


def test_in_the_country_is_where_the_story_plays(parse: Parse) -> None:
    text = "Fighting spread in Yemen and ships left Yemen. The United States urged calm in the country."
    assert mentions_of(parse, text)["country"].actor.code == "YEM"


def test_possessive_and_role_noun_are_one_mention(parse: Parse) -> None:
    found = mentions_of(parse, "Eritrea withdrew its forces from the border.")
    assert found["its forces"].actor.code == "ERIMIL"


def test_relative_pronouns(refer: Find) -> None:
    assert refer("Thai soldiers who guarded the temple fled.") == [("who", "Thai soldiers", "THAMIL")]


def test_they_are_a_plural(refer: Find) -> None:
    got = refer("Greek farmers met the mayor. They demanded higher prices.")
    assert ("They", "Greek farmers", "GRCCVL") in got


def test_the_kingdom_is_a_kingdom(refer: Find) -> None:
    got = refer("Saudi Arabia quarrelled with Canada. The kingdom expelled an envoy.")
    assert ("kingdom", "Saudi Arabia", "SAU") in got


def test_the_soldiers_are_those_named_before(parse: Parse) -> None:
    document, sentences = parse("Malian soldiers entered Kidal from Niger. The soldiers arrested two men.")
    later = [m for m in ActorResolver().resolve(document, sentences) if m.sentence == 1]
    assert later[0].actor.code == "MLIMIL"


def test_we_in_a_quotation_is_its_speaker(parse: Parse) -> None:
    text = "“We will defend our border,” said the Finnish prime minister."
    document, sentences = parse(text)
    at = text.index("Finnish")
    token = next((s.index, i) for s in sentences for i, w in enumerate(s.words) if w == "minister")
    said = Attribution((at, len(text) - 1), None, ((1, 28),), None, 0, token, None, "person", "direct")
    found = {text[m.span[0] : m.span[1]]: m for m in ActorResolver().resolve(document, sentences, [said])}
    assert found["We"].actor.code == "FINGOV"
    assert found["We"].kind == "pronoun"
    without = {text[m.span[0] : m.span[1]] for m in ActorResolver().resolve(document, sentences)}
    assert "We" not in without
