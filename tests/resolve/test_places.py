"""Toponyms are found, mean the right place, and events are put where they happened."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import pytest

from dragoman.records import Document, PlaceMention, Sentence
from dragoman.resolve.place_index import fold, kilometres, place_index
from dragoman.resolve.place_tables import abbreviations, alpha3, cues, read_places, read_spellings
from dragoman.resolve.places import PlaceResolver, place_of_event

Parse = Callable[..., tuple[Document, tuple[Sentence, ...]]]


@pytest.fixture(scope="module")
def resolver() -> PlaceResolver:
    return PlaceResolver()


@pytest.fixture
def places_in(parse: Parse, resolver: PlaceResolver) -> Callable[..., dict[str, PlaceMention]]:
    """places_in(text) -> the mentions by their words; the last of several with the same words."""

    def found(text: str, *, nationalities: bool = False) -> dict[str, PlaceMention]:
        document, sentences = parse(text)
        mentions = resolver.resolve(document, sentences, nationalities=nationalities)
        return {text[m.span[0] : m.span[1]]: m for m in mentions}

    return found


MEANT = [
    # an explicit division or country after the name
    ("The mayor of Paris, Texas, opened the new library.", "Paris", "USA", (33.66, -95.56)),
    ("A fire broke out in Alexandria, La., before dawn.", "Alexandria", "USA", (31.31, -92.45)),
    ("He was born in Springfield, Mass., in 1950.", "Springfield", "USA", (42.10, -72.59)),
    ("The plant in London, Ontario, will close in June.", "London", "CAN", (42.98, -81.23)),
    ("Police in Athens, Ga., arrested two students.", "Athens", "USA", (33.96, -83.38)),
    ("She teaches in Cambridge, Massachusetts.", "Cambridge", "USA", (42.37, -71.11)),
    ("The bridge in Newcastle, New South Wales, was shut.", "Newcastle", "AUS", (-32.93, 151.78)),
    ("The envoy landed in Tripoli, Lebanon, on Tuesday.", "Tripoli", "LBN", (34.43, 35.84)),
    ("Voters in Georgetown, Guyana, queued for hours.", "Georgetown", "GUY", (6.80, -58.16)),
    # the best-known place where nothing speaks against it
    ("The president flew to Paris for talks.", "Paris", "FRA", (48.85, 2.35)),
    ("Inspectors arrived in Geneva on Monday.", "Geneva", "CHE", (46.20, 6.15)),
    ("Officials in Washington declined to comment.", "Washington", "USA", (38.90, -77.04)),
    ("Thousands marched in Birmingham and Manchester and London.", "Birmingham", "GBR", (52.48, -1.90)),
    ("Troops patrolled the streets of Moscow.", "Moscow", "RUS", (55.75, 37.62)),
    ("The ferry left Odesa for Istanbul.", "Odesa", "UKR", (46.48, 30.73)),
    # company of other names
    ("Deputies in Macon and Savannah said the sheriff of Athens had asked Georgia lawmakers for help.", "Athens",
     "USA", (33.96, -83.38)),
    ("Rebels in Homs and Hama surrendered as Tripoli fell silent across the Lebanese border from Tartus.", "Homs",
     "SYR", (34.73, 36.72)),
    ("Tbilisi protested after Russia moved troops near Gori; Georgia asked NATO for help.", "Georgia", "GEO",
     (42.0, 43.5)),
    ("Voters in Atlanta and Savannah decide; Georgia has sixteen electoral votes.", "Georgia", "USA", (32.75, -83.5)),
    ("Police in Halifax and Leeds joined officers from Bradford.", "Halifax", "GBR", (53.72, -1.85)),
    ("Halifax and Moncton in New Brunswick are losing doctors to Toronto.", "Halifax", "CAN", (44.65, -63.57)),
    # spelling variants
    ("Shelling resumed near Deir al-Zour.", "Deir al-Zour", "SYR", (35.34, 40.14)),
    ("Shelling resumed near Deir Ezzor.", "Deir Ezzor", "SYR", (35.34, 40.14)),
    ("The convoy reached Raqqa at noon.", "Raqqa", "SYR", (35.95, 39.01)),
    ("The opposition met in Kiev.", "Kiev", "UKR", (50.45, 30.52)),
    ("The opposition met in Kyiv.", "Kyiv", "UKR", (50.45, 30.52)),
    ("Pilgrims gathered in Mecca.", "Mecca", "SAU", (21.43, 39.83)),
    ("Gunmen attacked a hotel in Mazar-i-Sharif.", "Mazar-i-Sharif", "AFG", (36.71, 67.11)),
    ("A blast in Khan Sheikhoun killed nine.", "Khan Sheikhoun", "SYR", (35.44, 36.65)),
    ("The port of Hodeidah reopened.", "Hodeidah", "YEM", (14.80, 42.95)),
    ("Monsoon floods hit Bombay.", "Bombay", "IND", (19.07, 72.88)),
    # divisions, areas, sites
    ("Air strikes hit villages in Idlib province.", "Idlib", "SYR", (35.77, 36.67)),
    ("Fighting in the Donbas flared again.", "Donbas", "UKR", (48.5, 38.5)),
    ("The army entered Tigray in November.", "Tigray", "ETH", (14.0, 38.8)),
    ("Farmers in Punjab, Pakistan, blocked the road.", "Punjab", "PAK", (31.0, 72.0)),
    ("Ships gathered in the Black Sea.", "Black Sea", None, (43.0, 35.0)),
    ("Jets took off from Incirlik.", "Incirlik", "TUR", (37.0, 35.43)),
    ("Medics in eastern Ghouta ran out of blood.", "Ghouta", "SYR", (33.5, 36.4)),
    ("A drought grips the Horn of Africa.", "Horn of Africa", None, (9.0, 48.0)),
    ("The Middle East envoy resigned.", "Middle East", None, (33.1, 35.9)),
    ("Settlers in the West Bank threw stones.", "West Bank", "PSE", (31.9, 35.2)),
    ("Deputies in Cochise County, Ariz., closed the bridge.", "Cochise County", "USA", (31.88, -109.75)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "country", "point"), MEANT)
def test_the_place_that_is_meant(
    places_in: Callable[..., dict[str, PlaceMention]],
    text: str,
    words: str,
    country: str | None,
    point: tuple[float, float],
) -> None:
    mention = places_in(text)[words]
    assert mention.country == country
    assert mention.latitude is not None and mention.longitude is not None
    assert kilometres((mention.latitude, mention.longitude), point) < 161


NO_PLACES = [
    "Paris Hilton smiled at the cameras.",
    "Mr. Lincoln thanked the committee.",
    "President Jackson vetoed the bill.",
    "Russian and Turkish officers shook hands.",
    "The court will sit in March and again in May.",
    "Police said nobody was hurt.",
    "Sydney Carton married Florence Dombey.",
    "He asked us to wait.",
    "The Senate approved the budget in December.",
]


@pytest.mark.parametrize("text", NO_PLACES)
def test_what_is_no_toponym(places_in: Callable[..., dict[str, PlaceMention]], text: str) -> None:
    assert places_in(text) == {}


HELD = [
    ("The University of Nairobi closed its gates.", "Nairobi"),
    ("Mombasa Police recovered the weapons.", "Mombasa"),
    ("Ankara said it would retaliate.", "Ankara"),
    ("Sen. Maria Ruiz, D-Fresno, objected.", "Fresno"),
    ("BEIRUT (Reuters) - Lebanon formed a government.", "BEIRUT"),
    ("AMMAN, Jordan — The king dismissed parliament.", "AMMAN"),
    ("WHEELING, W.Va. -- Two miners were rescued.", "W.Va."),
    ("A crash closed Highway 61 for hours.", "Highway 61"),
    ("Residents of Maple Street heard shots.", "Maple Street"),
    ("Boats drifted on Lake Victoria.", "Lake Victoria"),
    ("The U.S. withdrew from the treaty.", "U.S."),
]


@pytest.mark.parametrize(("text", "words"), HELD)
def test_what_is_a_toponym(places_in: Callable[..., dict[str, PlaceMention]], text: str, words: str) -> None:
    assert words in places_in(text)


@pytest.mark.parametrize(
    ("text", "words", "precision"),
    [
        ("Voters across Kenya went to the polls.", "Kenya", "country"),
        ("The rally in Nairobi was banned.", "Nairobi", "city"),
        ("Floods cut off Helmand province.", "Helmand", "region"),
        ("The fleet crossed the Aegean Sea.", "Aegean Sea", "region"),
        ("Inspectors went to Natanz and to Bagram.", "Bagram", "point"),
    ],
)
def test_precision(places_in: Callable[..., dict[str, PlaceMention]], text: str, words: str, precision: str) -> None:
    assert places_in(text)[words].precision == precision


def test_a_street_that_no_gazetteer_lists_stays_unresolved(
    places_in: Callable[..., dict[str, PlaceMention]],
) -> None:
    street = places_in("Firefighters were called to Brambleberry Lane.")["Brambleberry Lane"]
    assert (street.latitude, street.country, street.precision) == (None, None, None)


def test_a_name_keeps_the_sense_that_was_spelled_out_once(parse: Parse, resolver: PlaceResolver) -> None:
    text = "A barn burned near Moscow, Idaho. Nobody in Moscow was hurt. The fire chief of Moscow praised his crew."
    countries = {m.country for m in resolver.resolve(*parse(text)) if text[m.span[0] : m.span[1]] == "Moscow"}
    assert countries == {"USA"}


def test_a_division_and_its_chief_town_are_told_apart(places_in: Callable[..., dict[str, PlaceMention]]) -> None:
    found = places_in("Aid reached Homs. Other convoys toured Aleppo province.")
    assert found["Homs"].precision == "city"
    assert found["Aleppo"].precision == "region"


def test_countries_in_a_row_do_not_lie_in_each_other(places_in: Callable[..., dict[str, PlaceMention]]) -> None:
    found = places_in("During her tour of Yemen, U.S. reporters asked about Lebanon, Jordan and Cuba.")
    assert [found[name].country for name in ("Yemen", "Lebanon", "Jordan", "Cuba")] == ["YEM", "LBN", "JOR", "CUB"]


def test_a_list_of_states_is_no_address(places_in: Callable[..., dict[str, PlaceMention]]) -> None:
    found = places_in("Cases were reported in Florida, Texas and California.")
    assert found["Florida"].precision == "region"


def test_identifiers_come_from_the_gazetteer(places_in: Callable[..., dict[str, PlaceMention]]) -> None:
    found = places_in("The delegation left Damascus for Iran.")
    assert found["Damascus"].geonames_id == 170654
    assert found["Iran"].geonames_id == 130758


def test_nationalities_only_on_request(places_in: Callable[..., dict[str, PlaceMention]]) -> None:
    text = "Israeli troops left Gaza as Egyptians watched."
    assert set(places_in(text)) == {"Gaza"}
    found = places_in(text, nationalities=True)
    assert {words: m.country for words, m in found.items()} == {"Israeli": "ISR", "Gaza": "PSE", "Egyptians": "EGY"}


def test_mentions_are_ordered_and_stand_where_they_say(parse: Parse, resolver: PlaceResolver) -> None:
    text = "Jets from Incirlik struck Raqqa.\n\nAnkara denied it. Officials in Baghdad and in Erbil protested."
    document, sentences = parse(text)
    mentions = resolver.resolve(document, sentences, nationalities=True)
    assert [m.span for m in mentions] == sorted(m.span for m in mentions)
    for mention in mentions:
        sentence = sentences[mention.sentence]
        assert sentence.span_of(mention.first, mention.stop) == mention.span
        assert mention.first <= mention.head < mention.stop
    assert mentions == PlaceResolver().resolve(document, sentences, nationalities=True)


def test_a_resolver_travels_to_other_processes(parse: Parse) -> None:
    document, sentences = parse("Ministers met in Lusaka.")
    first = PlaceResolver()
    before = first.resolve(document, sentences)
    assert pickle.loads(pickle.dumps(first)).resolve(document, sentences) == before


def test_an_empty_document_has_no_places(resolver: PlaceResolver) -> None:
    assert resolver.resolve(Document(id="empty", text=""), ()) == ()


HAPPENED = [
    # locative phrases of the predicate
    ("Rebels shelled a market in Maarat al-Numan on Friday.", "shelled", "Maarat al-Numan"),
    ("The ministers met in Vienna to discuss sanctions.", "met", "Vienna"),
    ("In Khartoum, protesters burned tyres.", "burned", "Khartoum"),
    ("Police arrested two men near Marseille.", "arrested", "Marseille"),
    ("Three soldiers were killed outside Mosul.", "killed", "Mosul"),
    ("The brigade stored its mines inside Djibouti.", "stored", "Djibouti"),
    # the most specific of several
    ("Gunmen killed a priest in the town of Bamenda, in Cameroon.", "killed", "Bamenda"),
    ("A bomb exploded in Syria's Idlib province.", "exploded", "Idlib"),
    # what is struck, taken or entered
    ("Government forces captured Sirte after a month.", "captured", "Sirte"),
    ("Jets bombed Aden overnight.", "bombed", "Aden"),
    ("Troops entered Afrin from the north.", "entered", "Afrin"),
    ("Bakhmut was besieged for weeks.", "besieged", "Bakhmut"),
    ("Iraq invaded Kuwait in 1990.", "invaded", "Kuwait"),
    # what the object lies in
    ("The drone hit a base near Erbil.", "hit", "Erbil"),
    ("The militia killed fighters stationed in Benghazi.", "killed", "Benghazi"),
    ("Engineers built a hospital in Juba.", "built", "Juba"),
    # event nouns
    ("The attack on Goma drew condemnation.", "attack", "Goma"),
    ("The siege of Aleppo lasted four years.", "siege", "Aleppo"),
    ("Talks in Oslo collapsed.", "Talks", "Oslo"),
    ("The Minsk talks resumed.", "talks", "Minsk"),
    ("Washington condemned the invasion of Ukraine.", "invasion", "Ukraine"),
    ("Ankara launched an offensive against Manbij.", "offensive", "Manbij"),
    ("They held talks in Muscat last week.", "talks", "Muscat"),
    # motion and leaving
    ("The chancellor travelled to Pretoria.", "travelled", "Pretoria"),
    ("France withdrew its troops from Mali.", "withdrew", "Mali"),
    ("Her visit to Havana ended early.", "visit", "Havana"),
    ("The militants were driven out of Raqqa.", "driven", "Raqqa"),
    ("He spoke at a rally in Nairobi.", "spoke", "Nairobi"),
    ("They fled Bakhmut, where forty people died.", "died", "Bakhmut"),
    # where one went for it, where the doer is, where the thing stands that was struck
    ("The two will meet in Lagos to discuss the dam.", "discuss", "Lagos"),
    ("The envoy paid a visit to Havana to speak with the bishop.", "speak", "Havana"),
    ("The brigade camped in Goma to launch raids on the ferry.", "raids", "Goma"),
    ("Three nuns were seized by bandits in Goma.", "seized", "Goma"),
    ("A raid on the brewery in Kampala wounded nine guards.", "wounded", "Kampala"),
    ("Two nurses were hurt in a raid near Sirte.", "hurt", "Sirte"),
]  # fmt: skip


@pytest.fixture
def event_place(parse: Parse, resolver: PlaceResolver) -> Callable[[str, str], str | None]:
    """event_place(text, trigger) -> the words of the place of the event at that word."""

    def found(text: str, trigger: str) -> str | None:
        document, sentences = parse(text)
        mentions = resolver.resolve(document, sentences, nationalities=True)
        for sentence in sentences:
            if trigger in sentence.words:
                here = [m for m in mentions if m.sentence == sentence.index]
                place = place_of_event(sentence, sentence.words.index(trigger), here)
                return text[place.span[0] : place.span[1]] if place else None
        raise AssertionError(f"{trigger} is no word of {text}")

    return found


@pytest.mark.parametrize(("text", "trigger", "place"), HAPPENED)
def test_where_it_happened(event_place: Callable[[str, str], str | None], text: str, trigger: str, place: str) -> None:
    assert event_place(text, trigger) == place


NOWHERE = [
    ("The mayor of London criticised the ban.", "criticised"),
    ("Berlin urged Turkey to show restraint.", "urged"),
    ("Israeli forces attacked Iranian positions.", "attacked"),
    ("Moscow accused Kyiv of sabotage.", "accused"),
    ("The envoy condemned the bombing of Aleppo.", "condemned"),
    ("The ministers praised officials in Ankara.", "praised"),
    ("The shipping company sued Egypt over the delay.", "sued"),
    ("The prime minister of Japan resigned.", "resigned"),
    ("The crisis over Taiwan worried Tokyo.", "worried"),
    ("Rome warned against strikes on Tehran.", "warned"),
]


@pytest.mark.parametrize(("text", "trigger"), NOWHERE)
def test_a_place_that_only_says_who(event_place: Callable[[str, str], str | None], text: str, trigger: str) -> None:
    assert event_place(text, trigger) is None


def test_the_place_of_one_clause_is_not_that_of_another(event_place: Callable[[str, str], str | None]) -> None:
    text = "Riyadh denied that its jets had bombed a funeral in Sanaa."
    assert event_place(text, "denied") is None
    assert event_place(text, "bombed") == "Sanaa"


def test_without_toponyms_there_is_no_place(parse: Parse) -> None:
    _, (sentence,) = parse("They met in a small hotel.")
    assert place_of_event(sentence, 1, ()) is None


def test_names_are_folded_alike_alone_and_in_bulk() -> None:
    names = ["Saint-Étienne", "Al Ḩasakah", "Łódź", "N'Djamena", "Mount Isa"]
    assert fold("\n".join(names)).split("\n") == [fold(name) for name in names]


def test_the_article_of_arabic_names_may_be_left_out() -> None:
    index = place_index()
    assert index.known_key("Al-Fallujah") is not None
    assert index.known_key("Zaytun ul Nowhere") is None


def test_every_listed_place_is_on_earth_and_in_a_known_country() -> None:
    for place, names in read_places():
        assert -90 <= place.latitude <= 90 and -180 <= place.longitude <= 180, place
        assert place.country is None or place.country in alpha3(), place
        assert all(names), place


def test_every_spelling_belongs_to_a_listed_town() -> None:
    index = place_index()
    towns = [s for s in read_spellings() if s.country in ("UA", "SY", "IQ", "DE", "IN")]
    assert len(towns) > 100
    for spelling in towns:
        assert spelling.geonames_id in {p.geonames_id for p in index.find(spelling.also[0])}, spelling


def test_abbreviations_name_their_division() -> None:
    assert abbreviations()["Mass."][0] == "Massachusetts"
    assert abbreviations()["B.C."] == ("British Columbia", "CA", "02")
    assert "USA" not in abbreviations()


def test_no_cue_is_listed_twice() -> None:
    assert cues()["inside"].isdisjoint(cues()["motion"])
