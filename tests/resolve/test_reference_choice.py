"""Which of several a pronoun or description means, sentences waiting for their subject, and who can't be meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.extract.attributions import find_attributions
from dragoman.records import Document, Mention, Sentence
from dragoman.resolve.actors import ActorResolver

Parse = Callable[..., tuple[Document, tuple[Sentence, ...]]]
Meant = Callable[..., list[tuple[str, str, str | None]]]
DAY = "2018-06-19"


@pytest.fixture(scope="module")
def mentions(parse: Parse) -> Callable[..., tuple[str, tuple[Mention, ...]]]:
    resolver = ActorResolver()

    def found(text: str, published: str | None = DAY) -> tuple[str, tuple[Mention, ...]]:
        document, sentences = parse(text, published)
        return text, resolver.resolve(document, sentences, find_attributions(document, sentences))

    return found


@pytest.fixture(scope="module")
def meant(mentions: Callable[..., tuple[str, tuple[Mention, ...]]]) -> Meant:
    def found(text: str, published: str | None = DAY) -> list[tuple[str, str, str | None]]:
        _, all_found = mentions(text, published)
        return [(text[m.span[0] : m.span[1]], m.actor.name, m.actor.code) for m in all_found]

    return found


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        ("In his talks with Merkel, Emmanuel Macron said France would stay in Mali.", "his", "Emmanuel Macron"),
        ("Following her visit to Niamey, the German chancellor promised more aid.", "her", "Angela Merkel"),
        ("Shortly after he arrived in Astana, Vladimir Putin met Kazakh officials.", "he", "Vladimir Putin"),
        ("In their statement, the Malian farmers demanded water.", "their", "Malian farmers"),
        ("When it joined the alliance, Montenegro had few troops.", "it", "Montenegro"),
    ],
)
def test_a_fronted_pronoun_waits_for_the_subject(meant: Meant, text: str, pronoun: str, name: str) -> None:
    assert (pronoun, name) in [found[:2] for found in meant(text)]


def test_a_fronted_pronoun_does_not_wait_for_who_does_not_fit(meant: Meant) -> None:
    got = meant("Despite her objections, Emmanuel Macron signed the bill.")
    assert [text for text, _, _ in got] == ["Emmanuel Macron"]


def test_a_fronted_pronoun_may_take_up_who_stands_before_it(meant: Meant) -> None:
    got = meant("After Putin lost his patience, Erdogan laughed.")
    assert ("his", "Vladimir Putin", "RUSGOV") in got


def test_who_acts_is_not_the_object_of_the_same_act(meant: Meant) -> None:
    got = meant("The soldier who wounded her was arrested.")
    assert "her" not in [text for text, _, _ in got]


def test_he_and_him_in_one_clause_are_two(meant: Meant) -> None:
    got = meant("Kenya's president met his Ugandan counterpart. He thanked him for his help.")
    assert ("He", "Uhuru Kenyatta", "KENGOV") in got
    assert ("him", "UGAGOV") in [(text, code) for text, _, code in got]


def test_who_is_asked_withdraws(meant: Meant) -> None:
    assert ("its forces", "SDNMIL") in [(t, c) for t, _, c in meant("Chad asked Sudan to withdraw its forces.")]


def test_who_is_accused_of_moving_moves(meant: Meant) -> None:
    got = meant("Uzbekistan accused Tajikistan of moving its soldiers across the border.")
    assert ("its soldiers", "TJKMIL") in [(t, c) for t, _, c in got]


def test_a_woman_by_name_before_somebody_unknown(meant: Meant) -> None:
    got = meant("Senator Quigg Orwell said Theresa May was in trouble because of her plan.")
    assert ("her", "Theresa May", "GBRGOV") in got


def test_one_she_that_nobody_knows_keeps_others_away(meant: Meant) -> None:
    got = meant("The soldier who wounded her was arrested. She said the soldier had shouted.")
    assert "She" not in [text for text, _, _ in got]


def test_they_are_not_the_hostages_whom_they_hold(meant: Meant) -> None:
    got = meant("Somali pirates freed the sailors they had seized.")
    assert ("they", "Somali pirates", "SOMCRM") in got


def test_everyone_keeps_they_to_itself(meant: Meant) -> None:
    got = meant("The police said everyone who voted must say why they did so.")
    assert "they" not in [text for text, _, _ in got]


def test_no_speaker_means_himself_by_him(meant: Meant) -> None:
    got = meant('Baghdadi fled in May. "It was an attempt to kill him," said a Kurdish commander in Syria.')
    assert "commander" not in {name for text, name, _ in got if text == "him"}


def test_it_is_hardly_one_of_several(meant: Meant) -> None:
    got = meant("French and US planes bombed the area after it was cleared.")
    assert "it" not in [text for text, _, _ in got]


def test_it_is_important_means_nobody(meant: Meant) -> None:
    assert [t for t, _, _ in meant("Peru objected. It’s important to listen, and it emerged that Peru lost.")][1:] == [
        "Peru"
    ]


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        ("Putin and Erdogan, who have backed opposite sides, spoke by phone.", "who", "Vladimir Putin"),
        ("Kenya and Uganda, which share the lake, signed a treaty.", "which", "Kenya"),
    ],
)
def test_a_plural_relative_clause_begins_with_the_first(meant: Meant, text: str, pronoun: str, name: str) -> None:
    assert (pronoun, name) in [found[:2] for found in meant(text)]


def test_who_is_no_town_and_which_no_person(meant: Meant) -> None:
    assert "who" not in [t for t, _, _ in meant("Marta Oliveira from Barnsley, who runs the shelter, wept.")]
    assert "which" not in [t for t, _, _ in meant("Angela Merkel met the minister, which angered Poland.")]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Vladimir Putin and Recep Tayyip Erdogan met in Sochi. The two leaders discussed trade.", "two leaders"),
        ("Argentina and Brazil recalled the envoys of Chile. They demanded an apology.", "They"),
        ("The two Nato allies quarrelled over the missiles.", "two Nato allies"),
        ("India and Nepal reopened the road. Both governments hailed the deal.", "Both governments"),
    ],
)
def test_the_two_are_no_single_one(meant: Meant, text: str, phrase: str) -> None:
    assert [code for t, _, code in meant(text) if t == phrase] == [None]


def test_two_men_are_of_where_it_happens(meant: Meant) -> None:
    got = meant("Fighting went on in Yemen. Two men were killed in Yemen.")
    assert ("Two men", "YEMCVL") in [(t, c) for t, _, c in got]


def test_the_group_is_that_of_its_fighters(meant: Meant) -> None:
    got = meant("Hamas fighters attacked a post. The group said it had lost a man.")
    assert ("group", "Hamas", "PSEREB") in got
    assert ("it", "Hamas", "PSEREB") in got


def test_the_official_is_the_military_official_named_before(meant: Meant) -> None:
    got = meant("Bram Kochar, a Malian military official, arrived. The official said talks had failed.")
    assert ("official", "Bram Kochar", "MLIMIL") in got


def test_the_former_president_is_who_was_named(meant: Meant) -> None:
    got = meant("Barack Obama arrived in Nairobi. The former president praised Kenya.")
    assert ("former president", "Barack Obama", "USACVL") in got
    assert ("former Peruvian president", "PERCVL") in [
        (t, c) for t, _, c in meant("A former Peruvian president was arrested.")
    ]


def test_the_prince_is_the_one_who_was_named(meant: Meant) -> None:
    got = meant("Mohammed bin Salman flew to Paris. The crown prince met bankers in Istanbul.")
    assert ("crown prince", "Mohammed bin Salman", "SAUGOV") in got


def test_a_government_s_armed_forces_are_an_army(meant: Meant) -> None:
    got = meant("The Syrian government withdrew its armed forces.")
    assert ("its armed forces", "SYRMIL") in [(t, c) for t, _, c in got]


def test_the_president_is_that_of_the_country_where_it_plays(meant: Meant) -> None:
    text = (
        "The United States praised the talk of Donald Trump with the French president, Emmanuel Macron. "
        "Officials of the United States said the president had listened."
    )
    assert ("president", "Donald Trump", "USAGOV") in meant(text)


def test_finding_it_difficult_is_no_actor(meant: Meant) -> None:
    assert "it" not in [t for t, _, _ in meant("Banks in Ghana have found it hard to lend.")]


def test_an_apposition_is_the_group_that_is_named(meant: Meant) -> None:
    got = meant("The Syrian Democratic Forces, the irregular forces of the north-east, lost a village.")
    assert ("irregular forces", "SYRREB") in [(t, c) for t, _, c in got]


@pytest.mark.parametrize(
    ("text", "words", "members"),
    [
        ("Mali met Chad in Lagos. Both countries signed a pact.", "Both countries", {"MLI", "TCD"}),
        ("Chad and Niger shut the border. They blamed Mali.", "They", {"TCD", "NER"}),
        ("Theresa May phoned Emmanuel Macron. They spoke for an hour.", "They", {"GBRGOV", "FRAGOV"}),
        ("Theresa May met Emmanuel Macron. The pair later dined.", "pair", {"GBRGOV", "FRAGOV"}),
        ("Chad's envoy met the Malian premier. The two states traded barbs.", "two states", {"TCD", "MLI"}),
        ("Peru, Chile and Cuba voted. The three nations cheered.", "three nations", {"PER", "CHL", "CUB"}),
    ],
)
def test_several_at_once(
    mentions: Callable[..., tuple[str, tuple[Mention, ...]]], text: str, words: str, members: set[str]
) -> None:
    _, found = mentions(text, DAY)
    (mention,) = [m for m in found if text[m.span[0] : m.span[1]] == words]
    assert mention.kind == "several" and {actor.code for actor in mention.members} == members


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Oslo sent envoys to Chad. Norway thanked the two countries.", "two countries"),
        ("Mali, Chad and Niger met. Both countries signed a pact.", "Both countries"),
        ("Mali met Chad. Two men were arrested in Chad.", "Two men"),
    ],
)
def test_not_several_without_evidence(
    mentions: Callable[..., tuple[str, tuple[Mention, ...]]], text: str, words: str
) -> None:
    _, found = mentions(text, DAY)
    assert not any(m.members for m in found if text[m.span[0] : m.span[1]] == words)


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Niger thanked Chad. Its neighbour had sent food.", "Its neighbour", "TCD"),
        ("Chad's raid in Niger angered Mali's allies.", "allies", None),
        ("Ansarullah fired a rocket at Riyadh. The rebels cheered.", "rebels", "YEMREB"),
        ("Islamic State shelled the town. The militants fled.", "militants", "ISIS"),
        ("Federica Mogherini called Cairo. The bloc cut its aid.", "bloc", "EUU"),
        ("ECOWAS met in Lagos. The bloc's envoy left.", "bloc", "ECW"),
        ("NATO met in Brussels. The alliance scolded Mali.", "alliance", "NAT"),
        ("Somali pirates seized a tug. The pirates' leader was jailed in Kenya.", "pirates' leader", "SOMCRM"),
        ("India's navy sank a boat. The smugglers' leader fled.", "smugglers' leader", "INDCRM"),
        ("The head of Iran's Quds Force, Qassem Soleimani, flew home.", "head", "IRNMIL"),
        ("A court in Paris, Texas, freed him.", "court", "USAJUD"),
        ("Police in London, Ontario, freed him.", "Police", "CANCOP"),
        ("Madrid jailed the separatist leaders.", "separatist leaders", "ESPREB"),
        ("Borno's governor fled.", "Borno's governor", "NGAGOV"),
        ("Macron praised Rouhani. As for Putin, he sang.", "he", "RUSGOV"),
        ("Rouhani fed most sheep of his aide or cook before they slept.", "they", None),
        ("Hamas shelled a post. Two fighters fell in Gaza.", "Two fighters", "PSEREB"),
        ("Chad told the premier that Mali meant to leave.", "that", None),
        ("Rouhani praised the plan to hurt his opponent. Mali wept.", "his opponent", "OPP"),
        ("Loretta Odo sang of the barns of Theresa May. She told Chad so.", "She", None),
        ("London sent wool. Mali said that weavers in Peru had thanked the government.", "government", "PERGOV"),
        ("Seoul lost a ship. North Korea denied it. Seoul warned the North.", "North", "PRK"),
        ("Ayatollah Ali Khamenei spoke. The ayatollah blamed Oman.", "ayatollah", "IRNGOV"),
        ('"Your guns hit our barn," the Omani premier told the Yemeni envoy.', "Your guns", "YEMMIL"),
        ('"You must go," Rouhani told Macron.', "You", "FRAGOV"),
        ('"You must see it," Rouhani told reporters.', "You", None),
        ("Saudi-backed troops in Yemen fled.", "Saudi-backed troops", "YEMMIL"),
        ("US-backed forces in Syria fled.", "US-backed forces", "SYRREB"),
        ("A Turkish general met Kurdish fighters near Manbij.", "Kurdish fighters", "SYRREB"),
        ("Bashar al-Assad's cousins left.", "Bashar al-Assad's cousins", "SYRCVL"),
    ],
)
def test_who_is_taken_up(meant: Meant, text: str, words: str, code: str | None) -> None:
    assert {c for t, _, c in meant(text) if t == words} <= {code}
    assert code is None or code in {c for t, _, c in meant(text) if t == words}


@pytest.mark.parametrize(
    ("text", "day", "name"),
    [
        ("President Bush flew home.", "2003-03-20", "George W. Bush"),
        ("President Bush flew home.", "1991-03-20", "George H.W. Bush"),
        ("Prime Minister Brown flew home.", "2008-05-20", "Gordon Brown"),
        ("Kenyan President Bush flew home.", "2003-03-20", "Bush"),
        ("Former President Bush flew home.", "2003-03-20", "Bush"),
    ],
)
def test_a_title_and_the_day_tell_whose_surname_it_is(meant: Meant, text: str, day: str, name: str) -> None:
    assert meant(text, day)[0][1] == name


def test_behind_a_quotation_its_speaker_is_meant(mentions: Callable[..., tuple[str, tuple[Mention, ...]]]) -> None:
    text = '"Mr Rouhani is late," Macron said. "He is never on time. He is a riddle." He noted that tea was cold.'
    _, found = mentions(text, DAY)
    assert [m.actor.name for m in found][-2:] == ["Hassan Rouhani", "Emmanuel Macron"]
