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


def test_unknown_people_are_somebody_of_no_known_country(parse: Parse) -> None:
    document, sentences = parse("Ola Brandvold said the bridge was closed.")
    resolver = ActorResolver()
    (unknown,) = resolver.resolve(document, sentences)
    assert (unknown.actor.name, unknown.actor.code, unknown.kind) == ("Ola Brandvold", None, "name")
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


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Michelle Obama opened a school in Ohio.", "Obama"),
        ("Spokeswoman Haley Morris declined to comment.", "Haley"),
        ("Drought hit Fars Province.", "Fars"),
        ("An SEC football team won.", "SEC"),
        ("ETA Systems built computers.", "ETA"),
        ("Protesters filled King's Cross.", "King"),
        ("Kofi Otoo ran for president.", "president"),
        ("He was shot in the head.", "head"),
        ("Suspects must face justice.", "justice"),
        ("Britain feared a regime-change plot.", "regime"),
    ],
)
def test_what_looks_like_an_actor_and_is_none(find: Callable[..., Found], text: str, absent: str) -> None:
    assert absent not in find(text)


@pytest.mark.parametrize(
    ("text", "phrase", "code"),
    [
        ("The outlawed Kurdistan Workers’ Party denied it.", "Kurdistan Workers’ Party", "TURREB"),
        ("Osama bin Laden threatened America.", "Osama bin Laden", "IMGREB"),
        ("Abu Bakr al-Baghdadi was in Mosul.", "Abu Bakr al-Baghdadi", "ISIS"),
        ("Hassan Nasrallah spoke in Beirut.", "Hassan Nasrallah", "LBNREB"),
        ("The NATO secretary-general spoke in Oslo.", "NATO secretary-general", "NAT"),
        ("The Donetsk People's Republic held a vote.", "Donetsk People's Republic", "UKRREB"),
        ("Zapatista rebels marched.", "Zapatista rebels", "MEXREB"),
        ("A Turkish Kurd was jailed in Berlin.", "Kurd", "TUR"),
        ("Shia militias seized a town in Iraq.", "Shia militias", "IRQMIL"),
        ("Police in Lima used tear gas, and three officers were hurt.", "three officers", "PERCOP"),
    ],
)
def test_who_is_who(find: Callable[..., Found], text: str, phrase: str, code: str) -> None:
    assert find(text, "2018-06-19")[phrase].actor.code == code


def test_before_the_first_office_a_politician_is_of_the_country(find: Callable[..., Found]) -> None:
    assert find("Donald Trump spoke in Iowa.", "2015-11-20")["Donald Trump"].actor.code == "USA"


def test_the_title_in_the_text_holds_for_the_whole_text(find: Callable[..., Found]) -> None:
    found = find("Sen. Marco Rubio spoke in Iowa. Marco Rubio then left.", "2015-11-20")
    assert {m.actor.code for t, m in found.items() if "Rubio" in t} == {"USALEG"}


def test_the_head_of_an_unknown_body_is_no_government(find: Callable[..., Found]) -> None:
    found = find("Kofi Mensah, president of the lobby group Citizens Forward, met ministers in Accra.")
    assert found["Kofi Mensah"].actor.code == "GHACVL"


def test_nationalities_in_a_row_share_their_noun(find: Callable[..., Found]) -> None:
    got = codes(find("British, French and US planes bombed the port."))
    assert (got["British"], got["French"], got["US planes"]) == ("GBRMIL", "FRAMIL", "USAMIL")


def test_someone_private_acts_only_in_a_country_or_under_a_blow(find: Callable[..., Found]) -> None:
    assert "nurse" not in find("The nurse slept.")
    assert find("The nurse was stabbed.")["nurse"].actor.code == "CVL"


def test_an_apposition_tells_what_the_codebook_does_not(find: Callable[..., Found]) -> None:
    found = find("Donald Trump, a US senator, spoke in Iowa.", "2015-11-20")
    assert found["Donald Trump"].actor.code == "USALEG"


def test_who_left_a_service_is_private(find: Callable[..., Found]) -> None:
    assert find("A former Chilean general was arrested.")["former Chilean general"].actor.code == "CHLCVL"


def test_the_then_premier_is_not_the_present_one(find: Callable[..., Found]) -> None:
    found = find("Aid to Jamaica began when the then prime minister fell ill in Jamaica.", "2018-06-19")
    assert "Andrew Holness" not in {m.actor.name for m in found.values()}


def test_of_two_offices_held_at_once_the_one_that_leads_is_told(find: Callable[..., Found]) -> None:
    told = find("Netanyahu flew to Nairobi.", "2018-04-12")["Netanyahu"].how
    assert "prime minister on 2018-04-12" in told
