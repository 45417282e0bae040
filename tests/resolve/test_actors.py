"""Text to actors: names, titles, offices on a date, capitals, appositions."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from dragoman.records import Attribution, Document, Mention, Sentence
from dragoman.resolve.actors import ActorResolver

Parse = Callable[..., tuple[Document, tuple[Sentence, ...]]]
Found = dict[str, Mention]


@pytest.fixture(scope="module")
def find(parse: Parse) -> Callable[..., Found]:
    resolver = ActorResolver()

    def found(text: str, published: str | None = None) -> Found:
        document, sentences = parse(text, published)
        mentions = resolver.resolve(document, sentences)
        return {document.text[m.span[0] : m.span[1]]: m for m in mentions}

    return found


def codes(found: Found) -> dict[str, str | None]:
    return {text: mention.actor.code for text, mention in found.items()}


def test_states_nationalities_and_demonyms(find: Callable[..., Found]) -> None:
    got = codes(find("Kenya accused Somali traders of smuggling, and the Ethiopians agreed with the U.K."))
    assert got["Kenya"] == "KEN"
    assert got["Ethiopians"] == "ETH"
    assert got["U.K."] == "GBR"


def test_an_adjective_before_a_thing_is_the_state(find: Callable[..., Found]) -> None:
    found = find("The Peruvian intervention in the dispute angered Bolivia.")
    assert found["Peruvian"].actor.code == "PER"
    assert found["Peruvian"].kind == "name"


def test_a_capital_acts_as_subject_but_not_after_in(find: Callable[..., Found]) -> None:
    got = codes(find("Tokyo protested to the ambassador. Talks were held in Seoul near Tokyo."))
    assert got["Tokyo"] == "JPN"
    assert "Seoul" not in got


def test_a_capital_after_with_acts(find: Callable[..., Found]) -> None:
    assert codes(find("Norway signed a fishing deal with Reykjavik."))["Reykjavik"] == "ISL"


def test_a_dateline_is_nobody(find: Callable[..., Found]) -> None:
    assert "CAIRO" not in find("CAIRO, Egypt (AP) -- Voters queued for hours.")


def test_the_west_is_not_every_west(find: Callable[..., Found]) -> None:
    assert codes(find("The west fears a new arms race."))["west"] == "WST"
    assert "west" not in find("Rain fell in the west of the country.")


def test_the_holder_of_an_office_depends_on_the_date(find: Callable[..., Found]) -> None:
    text = "The French president cancelled the summit."
    assert find(text, "2010-05-01")["French president"].actor.name == "Nicolas Sarkozy"
    assert find(text, "2019-05-01")["French president"].actor.name == "Emmanuel Macron"


def test_a_former_office_is_out_of_government(find: Callable[..., Found]) -> None:
    found = find("Former Chilean president Ricardo Pino Rojas criticised the bill.", "2016-02-02")
    mention = next(m for text, m in found.items() if "Pino" in text)
    assert mention.actor.code == "CHLCVL"


def test_title_and_unknown_name_are_one_mention(find: Callable[..., Found]) -> None:
    found = find("Ghanaian Energy Minister Kwabena Osei Tutu denied the report.")
    assert codes(found) == {"Ghanaian Energy Minister Kwabena Osei Tutu": "GHAGOV"}


def test_apposition_gives_an_unknown_name_its_role(find: Callable[..., Found]) -> None:
    found = find("Marta Oliveira, the Portuguese environment minister, resigned. Oliveira gave no reason.")
    assert found["Marta Oliveira"].actor.code == "PRTGOV"
    assert found["Portuguese environment minister"].actor == found["Marta Oliveira"].actor
    assert found["Oliveira"].actor.name == "Marta Oliveira"


def test_an_abbreviation_in_brackets_is_remembered(find: Callable[..., Found]) -> None:
    found = find("The Angolan Fishermen's Union (AFU) called a strike. Ministers met AFU on Friday.")
    later = [m for m in found.values() if m.sentence == 1 and m.first == 2]
    assert [m.actor.code for m in later] == ["AGOLAB"]


def test_state_names_inside_names_of_people_are_no_states(find: Callable[..., Found]) -> None:
    assert "Jordan" not in find("The retired player Michael Jordan opened a school in Chicago.")


def test_unknown_people_appear_only_as_speakers(parse: Parse) -> None:
    document, sentences = parse("Ola Brandvold said the bridge was closed.")
    resolver = ActorResolver()
    assert resolver.resolve(document, sentences) == ()
    said = Attribution((0, 13), (14, 18), ((19, 40),), None, 0, (0, 1), (0, 2), "person", "indirect")
    (speaker,) = resolver.resolve(document, sentences, [said])
    assert (speaker.actor.name, speaker.actor.code) == ("Ola Brandvold", None)


def test_mentions_are_sorted_and_do_not_overlap(parse: Parse) -> None:
    document, sentences = parse(
        "Turkey's foreign minister met Iraqi and Iranian officials in Doha; the two sides blamed Kurdish fighters, "
        "who deny it, and their commanders left Qatar."
    )
    mentions = ActorResolver().resolve(document, sentences)
    assert len(mentions) > 4
    for one, other in pairwise(mentions):
        assert one.span[1] <= other.span[0]
    for mention in mentions:
        sentence = sentences[mention.sentence]
        assert mention.span == sentence.span_of(mention.first, mention.stop)
