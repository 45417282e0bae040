"""Who says what, by construction: each sentence names its source in [ ] and what is attributed in { }."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pytest

from dragoman.extract.attributions import find_attributions
from dragoman.extract.quotations import find_quotations
from dragoman.records import Attribution, Document, Sentence, Span

Parse = Callable[..., tuple[Document, tuple[Sentence, ...]]]

# One attribution each; the cue follows the bar.
SINGLE = [
    # source before, indirect
    ("[Nairobi] said on Tuesday {it would send police to Haiti}. | said", "that"),
    ("[The Bolivian foreign minister, Ana Rocha,] told reporters {that the talks had collapsed}. | told", "told"),
    ("[Ghana's army] has repeatedly warned {that the border is open}. | has repeatedly warned", "adverb in the cue"),
    ("[Officials in Hanoi] did not say {when the bridge would reopen}. | did not say", "wh-clause"),
    ("[The port authority] asked shippers {whether the crane was needed}. | asked", "asked whether"),
    ("[Rescuers] asked villagers {if they had seen the plane}. | asked", "asked if"),
    ("[The mayor of Porto] insisted {the tunnel was safe}. | insisted", "no that"),
    ("[Zambia] announced {a ban on maize exports}. | announced", "noun phrase"),
    ("[The bishop] condemned {the killing of nine miners}. | condemned", "condemned"),
    ("[Tunis] denied {that its navy had fired}. | denied", "denied that"),
    ("[The airline] denied {cutting maintenance}. | denied", "denied -ing"),
    ("[The rebels] vowed {to retake the crossing}. | vowed", "vowed to"),
    ("[Paris] urged both sides {to hold their fire}. | urged", "urged to"),
    ("[The union] called for {a strike in every port}. | called for", "called for"),
    ("[Lagos] called on {the two companies to clean the creek}. | called on", "called on to"),
    ("[The prosecutor] accused the banker of {hiding nine million euros}. | accused", "accused of"),
    ("[The envoy] described {the offer as a trap}. | described", "described as"),
    ("[The premier] called {the report a fiction}. | called", "small clause"),
    ("[Dhaka] agreed {to reopen the consulate}. | agreed", "agreed to"),
    ("[The coach] refused {to name the injured players}. | refused", "refused to"),
    ("[Analysts] doubt {that the truce will last}. | doubt", "doubt"),
    ("[Villagers] fear {the dam will burst}. | fear", "fear"),
    ("[The navy] believes {the wreck is Danish}. | believes", "believes"),
    ("[The survey] found {that rents had doubled since May}. | found", "survey"),
    ("[Court records] show {the house was sold in 2011}. | show", "records"),
    ("[A leaked memo] suggests {the board knew of the crack}. | suggests", "memo"),
    ("[The ministry's statement] said {the ship had been boarded}. | said", "a statement said"),
    # source behind
    ("{The bridge would reopen in June}, [the governor] said. | said", "behind"),
    ("{Nine people were missing}, said [the coastguard]. | said", "behind, inverted"),
    ("{The harvest will be poor}, according to [two grain traders]. | according to", "according to behind"),
    ("{Prices will fall}, [records] show. | show", "records behind"),
    # source before by preposition
    ("According to [the Jakarta Ledger], {the minister will resign}. | According to", "according to before"),
    ("In the words of [the coach], {the team had “no lungs”}. | In the words of", "in the words of"),
    ("Based on [hospital records], {forty people died in the fire}. | Based on", "based on"),
    # source inside
    ("{The talks}, [he] said, {were part of a wider plan}. | said", "inside"),
    ("{The deal would}, said [Okafor], {also help farmers}. | said", "inside, inverted"),
    ("{The strike}, according to [the union], {cost nine million}. | according to", "according to inside"),
    # as-clauses
    ("As [the mayor] put it, nothing worked. | none", "as he put it is no cue of the table"),
    ("{The plant had leaked for years}, as [the inspector] noted. | noted", "as he noted"),
    # participles and coordination
    ("[The king] left the hall, saying {that he was tired}. | saying", "participle"),
    ("[Quito] closed the border, accusing its neighbour of {arming rebels}. | accusing", "participle, accuse"),
    ("Asked about the fire, [the chief] said {nobody was to blame}. | said", "asked about"),
    # relative clauses
    ("The minister [who] said {he would stay} was jailed. | said", "who said"),
    ("The tower, {which} [the inspector] said {was cracked}, fell. | said", "which he said"),
    # noun cues
    ("[Peru]'s claim {that its boats were rammed} was dismissed. | claim", "claim that"),
    ("[The general]'s promise {to hold elections} was forgotten. | promise", "promise to"),
    ("[Its] warning {that the well was dry} came late. | warning", "its warning"),
    ("Rumours {that the heir had fled} filled the bazaar. | Rumours", "rumours"),
    ("The court heard a claim by [the driver] {that the brakes failed}. | claim", "claim by"),
    ("[Her] message was {that nobody would be left behind}. | message", "copula"),
    ("[Oslo] issued a statement saying {that the reactor was safe}. | saying", "statement saying"),
    ("[The army] gave an assurance {that the road would stay open}. | gave an assurance", "light verb"),
    ("[The minister] opened with a call for {calm}. | call for", "with a call for"),
    # adjectives
    ("[The trainer] is confident {that the horse will run}. | is confident", "confident that"),
    ("[The bank] is critical of {the new tax}. | is critical of", "critical of"),
    ("[Riga] remains convinced {that the cable was cut}. | remains convinced", "convinced"),
    # nobody named
    ("{The gang} reportedly {sold the paintings in Geneva}. | reportedly", "reportedly"),
    ("{Two officers} allegedly {took bribes}. | allegedly", "allegedly"),
    ("{The duke} is said {to have left the country}. | is said", "is said to"),
    ("{The rebels} are believed {to be hiding in caves}. | are believed", "are believed to"),
    ("{Both ships} are understood {to have been boarded}. | are understood", "are understood to"),
    ("It is thought {that the fire was set}. | is thought", "it is thought that"),
    ("{The clerk} is suspected of {selling passports}. | is suspected", "is suspected of"),
    ("The town mourned after {the raids} ascribed {to the militia}. | ascribed", "ascribed to"),
    ("He was accused of {bribing two judges}. | was accused of", "was accused of"),
    ("Police arrested {two} suspected {arms dealers}. | suspected", "suspected"),
    # passives with an agent
    ("{The ruling} was criticised by [the bar association]. | was criticised", "criticised by"),
    ("She was told by [her lawyer] {that the case was closed}. | was told", "told by"),
    # direct speech
    ("{“We will not sign,”} [the envoy] said. | said", "direct, behind"),
    ("{“We will not sign,”} said [Ana Ruiz, a spokeswoman for the ministry]. | said", "direct, inverted"),
    ("[The envoy] said: {“We will not sign.”} | said", "direct, colon"),
    ("[The envoy] said, {“We will not sign.”} | said", "direct, comma"),
    ('{"We will not sign,"} [the envoy] said. | said', "straight marks"),
    ("{‘We will not sign,’} [the envoy] said. | said", "single marks"),
    ("{'We will not sign,'} [the envoy] said. | said", "single straight marks"),
    ("{«We will not sign»}, [the envoy] said. | said", "angle marks"),
    ("{``We will not sign,''} [the envoy] said. | said", "TeX marks"),
    ("{“We will not,”} [the envoy] said, {“sign this.”} | said", "direct, in two"),
    ("{“Who would sign this?”} asked [the envoy]. | asked", "direct question"),
    ("[The king] told the crowd in the square on Sunday: {“Go home.”} | told", "told the crowd"),
    ("[The White House] said in a statement: {“We are watching.”} | said", "in a statement"),
    ("{“The port is shut. Nobody can leave. Food is short,”} [the harbour master] said. | said", "three sentences"),
    ("{“The port is shut,”} [the harbour master] said. {“Nobody can leave.”} | said", "goes on"),
    ("{“The port is shut,”} [the harbour master] said. {“Nobody can leave. Food is short.”} | said", "goes on twice"),
    ("{“The port is shut,”} [he] said.\n\n{“Nobody can leave.”} | said", "goes on in the next paragraph"),
    ("[She] wrote: {“The port is shut.\n\n“Nobody can leave.”} | wrote", "two paragraphs, one quotation"),
    ("[The minister] said {the port was shut}. {“Nobody can leave.”} | said", "a quotation without a cue"),
    ("[The navy] said {the men were “armed and hostile”}. | said", "mixed"),
    ("[The premier] called {the plan “a joke”}. | called", "quoted predicate"),
    ("[The banner] read {“Water is life”}. | read", "a banner"),
    ("{“We will not sign,} [the envoy] said. | said", "mark never closed"),
    # headlines
    ("[Merkel]: {No deal before June}\n\nBERLIN - Angela Merkel spoke on Monday. | :", "headline, colon"),
    ("{No deal before June}, says [Merkel]\n\nBERLIN - Angela Merkel spoke on Monday. | says", "headline, says"),
    ("[Union Chief] Slams {Budget Plan}\n\nLONDON - The head of the union spoke. | Slams", "headline in capitals"),
    ("A town waits\n\n[OKAFOR]: {We have no water. Nobody came.} | :", "transcript"),
    # datelines and brackets
    ("GENEVA (Reuters) - [The United Nations] said {the convoy was safe}. | said", "dateline"),
    ("[Governor Maria Rossi (Left)] said {the canal would be dug}. | said", "brackets"),
    # the clause hangs on a day, a visit, an audience
    ("[The abbot] said during a tour of the orchard in May {that the mill was sold}. | said", "clause behind a tour"),
    ("[Ruiz] is making a case to a gathering of dockers {that he is the one to lead them}. | is making a case", "case"),
    ("LIMA (AP) — [President Ana Ruiz] called Thursday for {fresh talks}. | called Thursday for", "day in the cue"),
    # the cue closes the sentence
    ("{Rents had doubled since May}, [the survey] found. | found", "found, behind"),
    ("{Oslo had sent two ships}, [the Herald] quoted an admiral as saying. | quoted", "quoted as saying, behind"),
    # any verb after speech that breaks off
    ("{“Sold to the lady in blue!”} thundered [Otto Prinz]. | thundered", "a verb outside the table, inverted"),
    ("{“You have read nothing,”} [Okafor] shrugged. | shrugged", "a verb outside the table"),
    ("{“Go home,”} [she] said sarcastically. | said sarcastically", "adverb behind the cue"),
    # who thinks so
    ("{The bridge}, in [the mayor]'s view, {is a trap}. | view", "in somebody's view"),
    ("By [his] own account, {Ruiz sold the mill}. | account", "by somebody's account"),
    # what is drawn upon somebody
    ("{The budget} drew sharp criticism from [the unions]. | drew sharp criticism from", "drew criticism from"),
    ("[The bishop] is opposed to {the law}. | is opposed to", "a participle as adjective"),
    ("[The clans] want {the state playing a part in housing}. | want", "subject and participle"),
]

# No attribution by these words.
NOTHING = [
    "The book “The Long Winter” sold nine copies.",
    "The so-called “tiger tax” hit farmers.",
    "She has no say in the matter.",
    "He left a note on the door.",
    "The storm hit the coast on Sunday.",
    "The pillars support the roof.",
    "The attack shows that the wall was weak.",
    "The flood threatens two villages.",
    "The doctor told him.",
    "You may think the sea is calm.",
    "It is wrong to say the war is over.",
    "The committee was founded in 1901.",
    "He called his mother on Monday.",
    "The river rose and the bridge fell.",
]


def find_marked(marked: str) -> tuple[str, list[Span], list[Span]]:
    """The text without marks, the spans in [ ] and those in { }."""
    found: dict[str, list[Span]] = {"[": [], "{": []}
    text, opened = "", [(0, "")]
    for character in marked:
        if character in "[{":
            opened.append((len(text), character))
        elif character in "]}":
            start, mark = opened.pop()
            found[mark].append((start, len(text)))
        else:
            text += character
    return text, found["["], found["{"]


def characters(spans: Iterable[Span]) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


def _split(case: str) -> tuple[str, str]:
    marked, _, cue = case.rpartition(" | ")
    return marked, cue


@pytest.mark.parametrize("case", [case for case, _ in SINGLE], ids=[name for _, name in SINGLE])
def test_attribution(case: str, parse: Parse) -> None:
    marked, cue = _split(case)
    text, source, content = find_marked(marked)
    document, sentences = parse(text)
    found = find_attributions(document, sentences)
    if cue == "none":
        assert found == ()
        return
    right = [a for a in found if a.cue and text[slice(*a.cue)] == cue]
    assert right, [text[slice(*a.cue)] for a in found if a.cue]
    shown = [(a.source and text[slice(*a.source)], [text[slice(*c)] for c in a.content]) for a in right]
    assert any(_is_close(characters(a.content), characters(content)) for a in right), shown
    assert any(_is_close(characters([a.source] if a.source else []), characters(source)) for a in right), shown


def _is_close(one: set[int], other: set[int]) -> bool:
    """The same but for a mark or a word at the edge."""
    return one == other or len(one & other) >= 0.8 * len(one | other)


@pytest.mark.parametrize("text", NOTHING)
def test_no_attribution(text: str, parse: Parse) -> None:
    assert find_attributions(*parse(text)) == ()


def _by_cue(text: str, parse: Parse) -> dict[str, Attribution]:
    document, sentences = parse(text)
    return {text[slice(*a.cue)]: a for a in find_attributions(document, sentences) if a.cue}


def _names(text: str, parse: Parse) -> list[str | None]:
    return [a.source and text[slice(*a.source)] for a in find_attributions(*parse(text))]


def test_two_attributions_share_a_subject(parse: Parse) -> None:
    text = "The court upheld the ban and the mayor praised the ruling and denied that he had lobbied for it."
    found = _by_cue(text, parse)
    assert {text[slice(*found[cue].source or (0, 0))] for cue in ("praised", "denied")} == {"the mayor"}


def test_quoted_sources_speak_inside_the_outlet(parse: Parse) -> None:
    text = "The Lagos Herald quoted unnamed army sources as saying that the base had been shelled."
    found = _by_cue(text, parse)
    assert text[slice(*found["saying"].source or (0, 0))] == "unnamed army sources"
    assert found["saying"].parent == list(found).index("quoted")
    assert found["saying"].kind == "anonymous"
    assert found["quoted"].kind == "publisher"


def test_who_is_told_is_no_source(parse: Parse) -> None:
    assert _names("The minister told the Guardian that the tax would stay.", parse) == ["The minister"]


def test_trailing_participle_belongs_to_the_speaker(parse: Parse) -> None:
    text = "The envoy said the talks had failed, adding that nobody was surprised."
    found = _by_cue(text, parse)
    assert text[slice(*found["adding"].source or (0, 0))] == "The envoy"
    assert found["adding"].parent is None
    assert text[slice(*found["said"].content[0])] == "the talks had failed"


def test_second_verb_is_not_what_the_first_one_says(parse: Parse) -> None:
    text = "The admiral warned that an assault would fail and recommended a blockade."
    found = _by_cue(text, parse)
    assert text[slice(*found["warned"].content[0])] == "that an assault would fail"


def test_despite_is_the_writer(parse: Parse) -> None:
    text = "Lima insisted that it would sign, despite threats by Quito to leave."
    assert text[slice(*_by_cue(text, parse)["insisted"].content[0])] == "that it would sign"


def test_what_follows_a_colon_belongs_to_the_clause(parse: Parse) -> None:
    text = "Two growers say they lack three things: rain, seed and patience."
    assert text[slice(*_by_cue(text, parse)["say"].content[0])].endswith("patience")


def test_parent_is_the_smallest_that_holds_the_cue(parse: Parse) -> None:
    text = "Reuters reported that the mayor had said that the engineer warned that the dam was cracked."
    document, sentences = parse(text)
    found = find_attributions(document, sentences)
    assert [a.parent for a in found] == [None, 0, 1]


def test_thinking_of_the_speaker_is_no_other_source(parse: Parse) -> None:
    assert _names("The envoy said he believed that the talks would fail.", parse) == ["The envoy"]
    assert _names("“I think the talks will fail,” the envoy said.", parse) == ["the envoy"]


def test_attitude_inside_a_report_is_not_listed(parse: Parse) -> None:
    assert _names("The envoy said Oslo supported the truce.", parse) == ["The envoy"]


def test_attitude_by_itself_is_listed(parse: Parse) -> None:
    assert _names("Oslo supported the truce.", parse) == ["Oslo"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The minister said it was over.", "person"),
        ("Ana Ruiz said it was over.", "person"),
        ("The ministry said it was over.", "institution"),
        ("Bolivia said it was over.", "institution"),
        ("The newspaper said it was over.", "publisher"),
        ("The Nairobi Times said it was over.", "publisher"),
        ("The report said it was over.", "document"),
        ("Foreign diplomats said it was over.", "anonymous"),
        ("A senior official said it was over.", "anonymous"),
        ("Two sources close to the talks said it was over.", "anonymous"),
        ("Officials who spoke on condition of anonymity said it was over.", "anonymous"),
        ("Many said it was over.", "unspecified"),
        ("It was over, according to the state news agency ANSA.", "publisher"),
    ],
)
def test_kind_of_source(text: str, kind: str, parse: Parse) -> None:
    assert [a.kind for a in find_attributions(*parse(text))] == [kind]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Oslo said it would sign.", "assert"),
        ("Oslo denied that it had signed.", "deny"),
        ("Oslo doubts that Lima will sign.", "doubt"),
        ("Oslo asked whether Lima would sign.", "ask"),
        ("Oslo urged Lima to sign.", "ask"),
        ("Oslo promised to sign.", "intend"),
        ("Oslo threatened to leave.", "intend"),
        ("Oslo praised the pact.", "none"),
        ("Oslo criticised the pact.", "none"),
    ],
)
def test_stance(text: str, stance: str, parse: Parse) -> None:
    assert [a.stance for a in find_attributions(*parse(text))] == [stance]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Oslo said it would sign.", "indirect"),
        ("“We sign,” Oslo said.", "direct"),
        ("Oslo said it was “ready” to sign the treaty on the high seas.", "indirect"),
    ],
)
def test_direct_or_indirect(text: str, quoted: str, parse: Parse) -> None:
    assert [a.quoted for a in find_attributions(*parse(text))] == [quoted]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("He said “no”.", ["“no”"]),
        ("He said “no” and “yes”.", ["“no”", "“yes”"]),
        ("“A ‘deep’ cut,” he said.", ["“A ‘deep’ cut,”"]),
        ("The officials’ claims were ‘false’, he said.", ["‘false’"]),
        ('A 6" pipe burst.', []),
        ("Rock ’n’ roll is back.", []),
        ("“One.\n\n“Two.”", ["“One.\n\n“Two.”"]),
        ("“One.\n\nTwo.", ["“One."]),
        ("He said “no.", ["“no."]),
        ("no” he said.", []),
        ("“One. “Two.”", ["“One. “Two.”"]),
        ("„Nein“, he said.", ["„Nein“"]),
    ],
)
def test_quotations(text: str, spans: list[str], parse: Parse) -> None:
    document, sentences = parse(text)
    assert [text[q.start : q.end] for q in find_quotations(document, sentences)] == spans


BROKEN = [
    "“ ” \" ' said said: “",
    "”””",
    "said",
    "He said that",
    ":",
    "A:\n\nB:\n\nC:",
    "“He said “she said “they said",
    "According to",
    '" " " said X " "',
    "Asked.",
    "He said:\n\n",
    "''``''``",
]


@pytest.mark.parametrize("text", BROKEN)
def test_broken_text_breaks_nothing(text: str, parse: Parse) -> None:
    document, sentences = parse(text)
    check_invariants(text, find_attributions(document, sentences))


LONG = """Minister: no retreat

GENEVA (Reuters) - The minister said “the war is over”, according to an aide who told Le Monde that he had lied.

“It isn’t,” said Ana Ruiz, a spokeswoman. “We never said it was. He reportedly denied it.”

“Never,” she added. Officials quoted by the agency said the report was false, adding that “no order” was given.

The Herald writes that it's bad. Here is what it found, and you won't like it:

The two armies, officials said on Monday, had agreed to leave the town, but the rebels denied that they would go. …

A spokesman for the rebels told the paper that nobody had asked them, and that they wanted to stay until the winter.

That's the end of it, isn't it?
"""


def check_invariants(text: str, found: tuple[Attribution, ...]) -> None:
    """Spans lie in the text, in order; a parent holds its child, comes to no end in itself, and is in the list."""
    for number, a in enumerate(found):
        spans = [*a.content, *([a.source] if a.source else []), *([a.cue] if a.cue else [])]
        assert a.content
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert list(a.content) == sorted(a.content)
        assert all(one[1] < other[0] for one, other in zip(a.content, a.content[1:], strict=False))
        seen, parent = {number}, a.parent
        while parent is not None:
            assert parent not in seen
            seen.add(parent)
            parent = found[parent].parent
        if a.parent is not None:
            outer = found[a.parent].content
            assert all(any(s <= start and end <= e for s, e in outer) for start, end in a.content)
            assert a.cue is not None
            assert any(s <= a.cue[0] and a.cue[1] <= e for s, e in outer)


def test_invariants_on_a_long_text(parse: Parse) -> None:
    document, sentences = parse(LONG)
    found = find_attributions(document, sentences)
    assert len(found) >= 12
    check_invariants(LONG, found)


@pytest.mark.parametrize("case", [_split(case)[0] for case, _ in SINGLE])
def test_invariants(case: str, parse: Parse) -> None:
    text = re.sub(r"[\[\]{}]", "", case)
    document, sentences = parse(text)
    check_invariants(text, find_attributions(document, sentences))


def test_the_same_text_gives_the_same_answer(parse: Parse) -> None:
    document, sentences = parse(LONG)
    assert find_attributions(document, sentences) == find_attributions(document, sentences)


def test_an_empty_document_has_none(parse: Parse) -> None:
    document, sentences = parse("")
    assert find_attributions(document, sentences) == ()
