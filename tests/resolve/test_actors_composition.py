"""Noun phrases without an entry of their own: country and role are put together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.records import Document, Mention, Sentence
from dragoman.resolve.actors import ActorResolver
from dragoman.resolve.role_nouns import load_role_nouns

Parse = Callable[..., tuple[Document, tuple[Sentence, ...]]]
Find = Callable[[str], dict[str, Mention]]


@pytest.fixture(scope="module")
def find(parse: Parse) -> Find:
    resolver = ActorResolver()

    def found(text: str) -> dict[str, Mention]:
        document, sentences = parse(text)
        return {document.text[m.span[0] : m.span[1]]: m for m in resolver.resolve(document, sentences)}

    return found


@pytest.mark.parametrize(
    ("text", "phrase", "code"),
    [
        ("A senior Chadian military commander was killed.", "senior Chadian military commander", "TCDMIL"),
        ("Nigerian troops burned the village.", "Nigerian troops", "NGAMIL"),
        ("Egyptian warplanes bombed the camp.", "Egyptian warplanes", "EGYMIL"),
        ("The Ugandan parliament passed the law.", "Ugandan parliament", "UGALEG"),
        ("Officials in Islamabad denied the charge.", "Officials", "PAKGOV"),
        ("The chancellor spoke to officials in Ankara.", "officials", "TURGOV"),
        ("Police in Lagos opened fire.", "Police", "NGACOP"),
        ("The president of Malawi fell ill.", "president", "MWIGOV"),
        ("A spokesman for the Thai army apologised.", "spokesman", "THAMIL"),
        ("Peru's finance minister stepped down.", "Peru's finance minister", "PERGOV"),
        ("Nepalese opposition activists marched.", "Nepalese opposition activists", "NPLOPP"),
        ("A Brazilian court fined the firm.", "Brazilian court", "BRAJUD"),
        ("Sudanese government forces shelled the town.", "Sudanese government forces", "SDNMIL"),
        ("Congolese rebels released the nurses.", "Congolese rebels", "CODREB"),
        ("UN peacekeepers fled the base.", "UN peacekeepers", "UNOMIL"),
        ("EU officials met the delegation.", "EU officials", "EUU"),
    ],
)
def test_country_and_role(find: Find, text: str, phrase: str, code: str) -> None:
    assert find(text)[phrase].actor.code == code


def test_who_leads_owns_and_who_backs_does_not(find: Find) -> None:
    assert find("An Emirati-led force landed near the port.")["Emirati-led force"].actor.code == "AREMIL"
    found = find("In Yemen, Iranian-backed rebels seized the port.")
    assert found["Iranian-backed rebels"].actor.code == "YEMREB"


def test_two_nationalities_of_one_noun(find: Find) -> None:
    found = find("Kenyan and Burundian soldiers crossed the border.")
    assert found["Kenyan"].actor.code == "KENMIL"
    assert found["Burundian soldiers"].actor.code == "BDIMIL"


def test_the_country_in_play_is_said_to_be_guessed(find: Find) -> None:
    found = find("Unrest spread through Bolivia on Monday. Protesters blocked roads in the Bolivian capital.")
    assert found["Protesters"].actor.code == "BOLOPP"
    assert "story" in found["Protesters"].how


def test_without_evidence_the_country_stays_open(find: Find) -> None:
    assert find("Gunmen abducted two aid workers.")["Gunmen"].actor.code == "UAF"


def test_officials_in_general_have_a_sector_but_no_country(find: Find) -> None:
    assert find("Japan will raise the tax, officials said.")["officials"].actor.code == "GOV"


def test_a_people_without_a_state_takes_the_country_of_the_story(find: Find) -> None:
    text = "Clashes broke out in northern Iraq. Kurdish fighters pushed into the city, residents in Iraq said."
    assert find(text)["Kurdish fighters"].actor.code == "IRQREB"


def test_quantities_belong_to_the_mention_and_are_its_head(find: Find, parse: Parse) -> None:
    mention = find("Dozens of Spanish farmers blocked the motorway.")["Dozens of Spanish farmers"]
    assert mention.actor.code == "ESPCVL"
    assert mention.head == 0


def test_predicates_and_backers_are_no_actors(find: Find) -> None:
    found = find("The group acts as a mediator, and Turkish opposition to the plan grew.")
    assert "mediator" not in found
    assert found["Turkish"].actor.code == "TUR"


def test_missiles_act_only_as_somebodys(find: Find) -> None:
    assert "missile" not in find("Japan protested against the missile tests.")


def test_a_shelled_town_stands_for_its_country(find: Find) -> None:
    assert find("Russian forces shelled Mariupol overnight.")["Mariupol"].actor.code == "UKR"
    assert "Mariupol" not in find("The talks took place in Mariupol.")


def test_another_countrys_congress(find: Find) -> None:
    found = find("The Paraguayan Congress met on Friday. The Congress rejected the budget.")
    assert {m.actor.code for m in found.values()} == {"PRYLEG"}


def test_ones_allies_are_not_of_ones_own_country(find: Find) -> None:
    assert find("Rwanda and its allies condemned the raid.")["its allies"].actor.code is None


def test_every_role_noun_has_a_known_sector() -> None:
    known = {"", "GOV", "MIL", "REB", "OPP", "PTY", "LEG", "JUD", "SPY", "COP", "CVL", "BUS", "MED", "EDU"}
    known |= {"NGO", "IGO", "REF", "REL", "LAB", "CRM", "UAF"}
    assert {noun.sector for noun in load_role_nouns().nouns.values()} <= known


@pytest.mark.parametrize(
    ("text", "phrase", "code"),
    [
        ("Russia armed the anti-Maduro opposition.", "anti-Maduro opposition", "VENOPP"),
        ("The Trump campaign sued the paper.", "Trump campaign", "USAPTY"),
        ("Hillary Clinton spoke. Clinton campaign officials met the consul.", "Clinton campaign officials", "USAPTY"),
        ("The House judiciary committee summoned him.", "House judiciary committee", "USALEG"),
        ("Kenya's intelligence committee summoned him.", "Kenya's intelligence committee", "KENLEG"),
    ],
)
def test_against_and_around_a_person(find: Find, text: str, phrase: str, code: str) -> None:
    assert find(text)[phrase].actor.code == code


def test_a_campaign_of_acts_is_no_actor(find: Find) -> None:
    assert not any("campaign" in phrase for phrase in find("Turkey began a campaign of arrests in March."))


def test_refugees_are_not_of_the_country_that_they_reached(find: Find) -> None:
    assert find("Germany took in refugees in Berlin.")["refugees"].actor.code == "REF"
    assert find("Germany took in Afghan refugees. The refugees live in Berlin.")["refugees"].actor.code == "AFGREF"


def test_who_was_told_once_need_not_be_told_again(find: Find) -> None:
    found = find("Chadian rebels entered Sudan. The Sudanese army fled from Sudan, and the rebels took the town.")
    assert found["rebels"].actor.code == "TCDREB"
