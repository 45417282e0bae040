"""Who acts on whom: of several actors in a sentence the right one, in the constructions that news uses."""

from __future__ import annotations

import pytest

from dragoman.coder import Coder
from dragoman.records import Claim, Document

# Sentence, then what must be among its claims: type, actor's code, recipient's code ("-" for none told).
CASES = {
    "coordinated actors": ("Chad and Niger condemned Libya.", "ACCUSE TCD LBY", "ACCUSE NER LBY"),
    "coordinated recipients": ("Peru expelled the envoys of Cuba and Bolivia.", "SANCTION PER CUB", "SANCTION PER BOL"),
    "relative clause": ("Eritrea, which Ethiopia accused of arming rebels, recalled its ambassador.", "ACCUSE ETH ERI"),
    "relative clause of the actor": ("Kenyan troops who shelled Somali villages withdrew.", "ASSAULT KENMIL SOM"),
    "passive with an agent": ("Two Iranian diplomats were expelled by Albania.", "SANCTION ALB IRNGOV"),
    "passive without one": ("Three Turkish soldiers were killed on Monday.", "ASSAULT - TURMIL"),
    "infinitive of a request": ("Oslo asked Khartoum to free two Norwegian doctors.", "REQUEST NOR SDN"),
    "infinitive of a threat": ("Algeria threatened to bomb Moroccan bases.", "THREATEN DZA MAR"),
    "infinitive of a promise": ("Japan agreed to lend Laos two million dollars.", "AGREE JPN LAO"),
    "promise without an addressee of its own": ("Chile agreed to free three Bolivian sailors.", "AGREE CHL BOL"),
    "control through an adjective": ("Kuwait is willing to withdraw its soldiers from Oman.", "AGREE KWT OMN"),
    "participle": ("Accusing Rwanda of looting, Congo closed the border.", "ACCUSE COD RWA"),
    "nominal event with of": ("Ghana protested over the arrest of a Ghanaian pilot by Togo.", "COERCE TGO GHA"),
    "nominal event with a possessor": ("Israel's attack on Lebanon was condemned by Jordan.", "ASSAULT ISR LBN"),
    "nominal event with nationality": ("The Saudi bombing of Yemen went on.", "ASSAULT SAU YEM"),
    "light verb": ("France launched an attack on Mali.", "ASSAULT FRA MLI"),
    "light verb, threat": ("Syria issued a threat against Turkey.", "THREATEN SYR TUR"),
    "between": ("Talks between Serbia and Kosovo resumed in Vienna.", "CONSULT SRB XKX", "CONSULT XKX SRB"),
    "with and over": ("Egypt held talks with Ethiopia over the dam.", "CONSULT EGY ETH"),
    "against": ("Cambodia deployed troops against Thailand.", "MOBILIZE KHM THA"),
    "towards": ("Poland moved tanks towards Belarus.", "MOBILIZE POL BLR"),
    "possessor of the target": ("Israel attacked Iranian positions in Syria.", "ASSAULT ISR IRN"),
    "things of a state": ("Ukraine shelled a Russian depot near Donetsk.", "ASSAULT UKR RUS"),
    "people of a state": ("Rwanda arrested ten Burundian traders.", "COERCE RWA BDI"),
    "a ship": ("Spain seized a Moroccan trawler.", "COERCE ESP MAR"),
    "place instead of a target": ("Al-Shabaab gunmen attacked a hotel in Kenya.", "ASSAULT SOMREB KEN"),
    "military units": ("The Chadian army bombed Sudanese villages.", "ASSAULT TCDMIL SDN"),
    "nameless group": ("Gunmen kidnapped a French aid worker in Niger.", "ASSAULT NERUAF FRA"),
    "protesters": ("Protesters marched on the Greek parliament.", "PROTEST GRC GRC"),
    "officials": ("Turkish officials met Iraqi officials in Baghdad.", "CONSULT TURGOV IRQGOV"),
    "recipient in a participle": ("Japan lifted the sanctions imposed on Myanmar.", "CONCEDE JPN MMR"),
    "made by": ("Cuba condemned the threats made by Colombia.", "ACCUSE CUB COL"),
    "owned by": ("Iran released a ship operated by Greece.", "RETREAT IRN GRC"),
    "joint agreement": ("Armenia and Georgia agreed to a truce.", "AGREE ARM GEO"),
    "joint failure": ("Greece and Turkey failed to reach an agreement.", "REJECT GRC TUR"),
    "joint exercise, both ways": ("India and Nepal held joint exercises.", "COOPERATE IND NPL", "COOPERATE NPL IND"),
    "meeting, both ways": (
        "The Kenyan president met the Somali president.",
        "CONSULT KENGOV SOMGOV",
        "CONSULT SOMGOV KENGOV",
    ),
    "someone else's act is no threat of his": ("Latvia said Russia would attack.", "ASSAULT RUS -"),
    "whose attack it was": ("An Omani general was killed in a raid by Yemeni jets.", "ASSAULT YEMMIL OMNMIL"),
    "enemies are not theirs": ("Chad was condemned by its enemies.", "ACCUSE - TCD"),
    "each other": ("Kosovo and Serbia blamed each other.", "ACCUSE XKX SRB"),
    "several at once": ("Mali met Chad. Both countries accused Niger.", "ACCUSE TCD NER"),
    "a bare warning": ("Harare warned Pretoria on Friday.", "THREATEN ZWE ZAF"),
    "in apposition": ("Lima jailed Karim Odo, a Sudanese storyteller.", "COERCE PER UNK"),
    "whose building is bombed": ("The Danish consulate bombing shocked Peru.", "ASSAULT - DNK"),
    "shared by a participle": ("Peru sued Chile, accusing it of theft.", "ACCUSE PER CHL"),
    "shared by a second verb": ("Macron met Vladimir Putin and threatened new sanctions.", "THREATEN FRA RUS"),
    "aimed at": ("Ethiopia's shelling was aimed at Eritrean trenches.", "ASSAULT ETH ERI"),
    "who holds what is demanded": ("Oslo demanded the release of two captives held by Lima.", "REQUEST NOR PER"),
    "refusal of somebody": ("The refusal of the Malian junta to meet Algeria was noted.", "REJECT MLI DZA"),
    "case against somebody for something": (
        "Chile filed a suit against Bolivia for declining to extradite two Chilean pilots.",
        "REJECT BOL CHL",
    ),
    "announcer of a passive": ("Lima vowed that ten Chilean sailors would be freed.", "RETREAT PER CHL"),
    "one's own state is no addressee": (
        "The Kenyan government warned that Kenya would retaliate if Somalia crossed the river.",
        "THREATEN KENGOV SOM",
    ),
    "signed with": ("Kenya broke the truce signed with Somalia.", "ASSAULT KEN SOM"),
    "a verb behind an article": (
        "The Greek premier, opening a fair, called the Turkish move illegal.",
        "ACCUSE GRCGOV TUR",
    ),
    "named person of no known country": ("Swedish police arrested Karl Odenskog.", "COERCE SWECOP UNK"),
}

# Two sentences, of which only the first tells the recipient of what the second tells.
TOLD_BEFORE = {
    "a refusal": ("Oslo asked Lima to free two Norwegian sailors. Lima refused.", "REJECT PER NOR"),
    "a denial": ("Chad accused Libya of arming rebels. Libya denied the charge.", "REJECT LBY TCD"),
    "a retort": ("Kenya shelled a Somali village. Somalia threatened retaliation.", "THREATEN SOM KEN"),
    "a noun that takes up the act": (
        "Norway asked Iraq for talks. The Norwegian request was made in secret.",
        "REQUEST NOR IRQ",
    ),
    "a pronoun": ("Sudan shelled a post in Eritrea. Eritrean troops then bombed it.", "ASSAULT ERIMIL SDN"),
}
# Nothing there tells the recipient: another act than an answer, two who could be meant, a new deed of the same kind.
NOT_TOLD_BEFORE = {
    "no answer": ("Peru met Chile in Quito. Peru then threatened a strike.", "THREATEN PER CHL"),
    "two askers": ("Oslo and Quito asked Lima to free the sailors. Lima refused.", "REJECT PER NOR"),
    "another deed": ("Kenya bombed Somalia. The Kenyan bombing stopped.", "ASSAULT KEN SOM"),
}

ANNOUNCEMENTS = {
    "Norway will send doctors to Malawi.": "AGREE NOR MWI",
    "Peru's president will meet Chile's president on Friday.": "AGREE PERGOV CHLGOV",
    "Vietnam will hold talks with Laos next week.": "AGREE VNM LAO",
    "Sudan will not release the Egyptian sailors.": "REJECT SDN EGY",
    "Ankara said it would strike Syria.": "THREATEN TUR SYR",
}

NOT_THERE = {
    "what is asked for is not who is asked": ("Oslo demanded the release of two Kenyan pilots.", "REQUEST NOR KEN"),
    "victims of what is condemned": ("Italy condemned the bombing of a Kenyan village.", "ACCUSE ITA KEN"),
    "a forecast is no threat": ("Israel will strike Iran.", "THREATEN ISR IRN"),
    "what others say of him is no threat": ("Latvia said Russia would attack Estonia.", "THREATEN RUS EST"),
    "deploying for good is none either": ("France said its forces will remain in Mali.", "THREATEN FRA MLI"),
    "one's own troops are no addressee": ("Kuwait is willing to withdraw its soldiers.", "AGREE KWT KWTMIL"),
    "one's own state is none": ("The US president threatened to cut US funding for Haiti.", "THREATEN USAGOV USA"),
}

SILENT = [
    "Brazil scored twice against Chile in the World Cup qualifier.",
    "The dollar attacked new highs against the yen.",
    "A storm struck northern Japan and killed nobody.",
    "The United States has a base in Bahrain.",
    "Germany shares a border with Poland.",
    "A thief stole a car in Vienna.",
    "The French film was shot in Morocco.",
    "Canada is a large country.",
    "Russia said.",
    "Italian shares fell while Spanish bonds gained.",
]

ONCE = {
    "The Saudi air raid killed ten Yemeni civilians in an attack on Sanaa.": "ASSAULT",
    "Turkey's raid on Iraq was the second raid on Iraq.": "ASSAULT",
}


def _told(coder: Coder, text: str) -> list[Claim]:
    return list(coder.code(Document(id="d", text=text, published="2018-04-12")))


def _sides(claims: list[Claim]) -> set[str]:
    """Type and codes of each claim, once as coded and once with the countries alone."""
    found = set()
    for claim in claims:
        codes = [m.actor.code or "?" if m else "-" for m in (claim.event.actor, claim.event.recipient)]
        countries = [code[:3] for code in codes]
        for pair in (codes, countries, [codes[0], countries[1]], [countries[0], codes[1]]):
            found.add(" ".join((claim.event.type, *pair)))
    return found


@pytest.mark.parametrize("case", CASES)
def test_the_right_ones_act(coder: Coder, case: str) -> None:
    text, *wanted = CASES[case]
    assert set(wanted) <= _sides(_told(coder, text)), text


@pytest.mark.parametrize("case", [*TOLD_BEFORE, *NOT_TOLD_BEFORE])
def test_the_sentence_before_may_tell_the_recipient(coder: Coder, case: str) -> None:
    text, expected = (TOLD_BEFORE | NOT_TOLD_BEFORE)[case]
    second = [claim for claim in _told(coder, text) if claim.sentence == 1]
    assert (expected in _sides(second)) == (case in TOLD_BEFORE), text


@pytest.mark.parametrize("text", ANNOUNCEMENTS)
def test_announcing_is_a_statement_about_the_act(coder: Coder, text: str) -> None:
    claims = _told(coder, text)
    assert ANNOUNCEMENTS[text] in _sides(claims)
    statement = next(claim for claim in claims if claim.event.type == ANNOUNCEMENTS[text].split()[0])
    act = next(claim for claim in claims if claim.id == statement.about)
    assert statement.certainty.status == "actual"
    assert act.certainty.status in ("planned", "negated")


def test_an_announcement_is_made_when_it_is_said_and_by_him_who_says_it(coder: Coder) -> None:
    text = "Reuters reported that Oslo announced on Monday that it would open its border to Swedish refugees on Friday."
    statement, act = _told(coder, text)
    assert [claim.event.type for claim in (statement, act)] == ["AGREE", act.event.type]
    assert [claim.event.date and claim.event.date.value for claim in (statement, act)] == ["2018-04-09", "2018-04-13"]
    assert [[link.name for link in claim.chain] for claim in (statement, act)] == [["Reuters"], ["Reuters", "Oslo"]]


def test_an_office_is_that_of_the_day_on_which_it_happened(coder: Coder) -> None:
    text = "James Comey met the Polish president in May 2016. James Comey accused the Polish president on Monday."
    codes = [claim.event.actor.actor.code for claim in _told(coder, text) if claim.event.actor]
    assert codes[0] != codes[-1] == "USACVL"
    assert codes[0].startswith("USA")


def test_saying_that_one_will_agree_is_agreeing(coder: Coder) -> None:
    (claim,) = _told(coder, "Kenya said on Monday it would agree to a truce with Somalia.")
    assert (claim.event.type, claim.certainty.status, claim.chain) == ("AGREE", "actual", ())
    assert claim.event.date is not None
    assert claim.event.date.value == "2018-04-09"


@pytest.mark.parametrize("case", NOT_THERE)
def test_what_is_not_said(coder: Coder, case: str) -> None:
    text, unwanted = NOT_THERE[case]
    assert unwanted not in _sides(_told(coder, text)), text


@pytest.mark.parametrize("text", SILENT)
def test_what_is_not_political_is_not_coded(coder: Coder, text: str) -> None:
    assert _sides(_told(coder, text)) == set()


@pytest.mark.parametrize("text", ONCE)
def test_one_event_of_a_sentence_is_told_once(coder: Coder, text: str) -> None:
    claims = [claim for claim in _told(coder, text) if claim.event.type == ONCE[text]]
    pairs = [
        (
            claim.event.actor and claim.event.actor.actor.code[:3],
            claim.event.recipient and claim.event.recipient.actor.code[:3],
        )
        for claim in claims
    ]
    assert len(pairs) == len(set(pairs))


def test_state_media_do_not_vouch_for_their_state(coder: Coder) -> None:
    by_media, by_ministry = (
        coder.code(Document(id="d", text=f"Oman bombed the depot, {teller} reported."))[0]
        for teller in ("Omani state media", "the Omani ministry")
    )
    assert by_media.certainty.status == "alleged" and by_ministry.certainty.status == "actual"


def test_an_outlet_tells_of_its_states_acts_and_does_none_of_them(coder: Coder) -> None:
    promise, act = _told(coder, "The Xinhua news agency said China would send doctors to Laos.")
    assert (promise.event.type, promise.event.actor and promise.event.actor.actor.code) == ("AGREE", "CHN")
    assert [link.name for link in promise.chain] == [link.name for link in act.chain] == ["Xinhua news agency"]
    own, _ = _told(coder, "Lima said it would send doctors to Laos.")
    assert own.chain == (), "who promises is no source of his own promise"
