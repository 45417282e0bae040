"""Who vouches for what, by construction: the predicate between bars, and the chain, outermost first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.extract.attributions import find_attributions
from dragoman.extract.chains import build_chain
from dragoman.extract.names import short_name
from dragoman.records import Actor, Document, Mention, Quoted, Sentence, SourceChain

Parse = Callable[..., tuple[Document, tuple[Sentence, ...]]]

CHAINS: list[tuple[str, list[str]]] = [
    # nobody but the article
    ("Rebels |shelled| the port.", []),
    ("Oslo |said| the port was shelled.", []),
    ("Ankara |threatened| to close the strait.", []),
    ("Lima |accused| Quito of arming rebels.", []),
    ("The donors |promised| to rebuild the school.", []),
    ("The synod condemned the |killing| of nine miners.", []),
    ("Oslo welcomed the |withdrawal| of the troops.", []),
    ("Delhi plans to |buy| nine jets.", []),
    ("The clans want to |join| the talks.", []),
    ("The army expects to |receive| new tanks.", []),
    ("The council decided to |sell| the park.", []),
    ("The guards knew that the gate was |opened|.", []),
    ("The attack shows that the rebels |regrouped|.", []),
    # one mouth
    ("Oslo said the port was |shelled|.", ["Oslo"]),
    ("The port was |shelled|, Oslo said.", ["Oslo"]),
    ("The port, Oslo said, was |shelled|.", ["Oslo"]),
    ("“The port was |shelled|,” Oslo said.", ["Oslo"]),
    ("The port was |shelled|, according to two grain traders.", ["grain traders"]),
    ("According to Reuters, the port was |shelled|.", ["Reuters"]),
    ("The port was |shelled|, the agency said, citing a naval source.", ["agency", "naval source"]),
    ("Reuters, quoting two admirals, said the port was |shelled|.", ["Reuters", "admirals"]),
    ("The port was |shelled|, according to the agency quoting an admiral.", ["agency", "admiral"]),
    ("The Herald, citing Reuters, said the port was |shelled|.", ["Herald", "Reuters"]),
    ("The Herald reported, citing a UN report, that Oslo |armed| the rebels.", ["Herald", "UN report"]),
    ("The Herald said, citing a lack of rain, that the port was |closed|.", ["Herald"]),
    ("The port was |closed|, the mayor said, citing high costs.", ["mayor"]),
    ("The Kenyan foreign minister, Amina Said, said the port was |shelled|.", ["Amina Said"]),
    ("Kenya’s foreign minister said the port was |shelled|.", ["Kenya’s foreign minister"]),
    ("Senate spokesman Pablo Ivanov said the port was |shelled|.", ["Pablo Ivanov"]),
    ("The UK ambassador to Chile said the port was |shelled|.", ["UK ambassador to Chile"]),
    ("The ministry of defence said the port was |shelled|.", ["ministry of defence"]),
    ("Two anonymous army sources said the port was |shelled|.", ["army sources"]),
    ("The Lagos Herald newspaper said the port was |shelled|.", ["Lagos Herald"]),
    ("The port was |shelled|, according to the state news agency ANSA.", ["ANSA"]),
    ("A statement by the navy said the port was |shelled|.", ["statement"]),
    ("A survey found that nine villages were |shelled|.", ["survey"]),
    ("The envoy, who said the port was |shelled|, left.", ["envoy"]),
    ("The army expects that the port will be |shelled|.", ["army"]),
    # those who vow, ask, accuse and deny vouch as well
    ("Ankara vowed it would |retake| the town.", ["Ankara"]),
    ("Ankara threatened to |close| the strait.", ["Ankara"]),
    ("The donors promised to |rebuild| the school.", ["donors"]),
    ("Lima accused Quito of |arming| rebels.", ["Lima"]),
    ("Quito denied |arming| the rebels.", ["Quito"]),
    ("Quito denied that it had |armed| the rebels.", ["Quito"]),
    ("Paris urged both armies to |withdraw|.", ["Paris"]),
    ("The strikers demanded that Rossi |resign|.", ["strikers"]),
    ("The union called for the board to |resign|.", ["union"]),
    ("Minsk’s threat to |cut| the gas alarmed Riga.", ["Minsk"]),
    ("The general repeated his promise to |hold| elections.", ["general"]),
    ("Lima announced plans to |expel| the envoy.", ["Lima"]),
    ("The premier closed his speech with a promise to |free| the pilot.", ["premier"]),
    # hearsay
    ("The army is said to have |crossed| the river.", ["unspecified"]),
    ("The rebels are believed to have |crossed| the river.", ["unspecified"]),
    ("The rebels are understood to have |crossed| the river.", ["unspecified"]),
    ("The clerk is suspected of |selling| passports.", ["unspecified"]),
    ("The rebels reportedly |crossed| the river.", ["unspecified"]),
    ("The rebels allegedly |crossed| the river.", ["unspecified"]),
    ("The town mourned after |attacks| ascribed to the militia.", ["unspecified"]),
    ("Rumours that the king had |fled| spread.", ["unspecified"]),
    ("She was told that the pilot had |fled|.", ["unspecified"]),
    ("She was told by her lawyer that the pilot had |fled|.", ["lawyer"]),
    # two mouths
    ("Oslo said that Lima had promised to |free| the pilot.", ["Oslo", "Lima"]),
    ("“We |shelled| the port,” Rossi said, according to the agency ANSA.", ["ANSA", "Rossi"]),
    ("The Lagos Herald quoted anonymous army sources as saying that the port was |shelled|.",
     ["Lagos Herald", "army sources"]),
    ("Reuters reported that rebels reportedly |shelled| the port.", ["Reuters", "unspecified"]),
    ("The palace acknowledged Oslo’s claim that the king had |abdicated|.", ["palace", "Oslo"]),
    ("The widow said she was informed by the governor that the men were |tortured|.", ["widow", "governor"]),
    ("A page run by the Senate, which said that Rossi insisted that troops had |withdrawn|, was late.",
     ["page", "Rossi"]),
    # three and four
    ("The Herald reported that Oslo had said that the rebels threatened to |kill| the pilot.",
     ["Herald", "Oslo", "rebels"]),
    ("Reuters reported that the Herald had said that Oslo claimed that the general warned that rebels |shelled| it.",
     ["Reuters", "Herald", "Oslo", "general"]),
    ("Reuters reported that the Herald had said that Oslo was told by the general that rebels |shelled| the port.",
     ["Reuters", "Herald", "general"]),
    # the same mouth only once
    ("Oslo said it had warned that the port was |shelled|.", ["Oslo"]),
    ("The minister said he feared that the port was |shelled|.", ["minister"]),
    ("“I think the port was |shelled|,” Rossi said.", ["Rossi"]),
    ("Oslo claimed the port was shelled, and Oslo insisted that nobody was |hurt|.", ["Oslo"]),
    # to say so is to do so
    ("The envoy said he |welcomed| the truce.", []),
    ("The bishop said he was |begging| the miners to return.", []),
    ("The bishop said he was begging the miners to |return|.", ["bishop"]),
    ("The envoy said Lima |welcomed| the truce.", ["envoy"]),
    # what is taken for known
    ("Oslo said the |raid| on the port was a crime.", []),
    ("Oslo said a |raid| on the port was near.", ["Oslo"]),
    ("Oslo vowed to stay after the |capture| of the port.", []),
    ("“The |raid| killed nine,” Oslo said.", ["Oslo"]),
    # not said, only supposed
    ("If Lima says that Quito |attacked|, nobody will believe it.", []),
    # whose words they are not
    ("Oslo insisted that it would sign, despite claims by Lima that it would |leave|.", ["Lima"]),
    ("The envoy told the Guardian that rebels |shelled| the port.", ["envoy"]),
    ("The minister said the talks failed, adding that rebels |shelled| the port.", ["minister"]),
    ("Merkel: Rebels |shelled| the port\n\nBERLIN - Angela Merkel spoke.", ["Merkel"]),
    # who has seen the paper, who is quoted behind
    ("A memo obtained by the Herald showed that Oslo had |sent| ships.", ["Herald", "memo"]),
    ("Oslo had |sent| ships, the Herald quoted two admirals as saying.", ["Herald", "admirals"]),
    ("Unless Lima pays, Oslo will |send| ships, the Herald quoted two admirals as saying.", ["Herald", "admirals"]),
    ("Sources close to the abbot said the mill was |sold|.", ["Sources close to the abbot"]),
    # nobody vouches
    ("Nobody has confirmed that the port was |shelled|.", []),
    ("No official has confirmed that the port was |shelled|.", []),
    ("Oslo is frustrated that Lima has not |paid|.", []),
    # to strike is no word of speech, though the table knows "attacked the bank for its fees"
    ("“We did not |attack| the port,” the admiral said, according to the Herald.", ["Herald", "admiral"]),
]  # fmt: skip


def chain_of(
    marked: str, parse: Parse, *, publisher: str | None = None, speaker_included: bool = True
) -> tuple[SourceChain, Quoted, tuple[int, ...]]:
    start = marked.index("|")
    text = marked.replace("|", "")
    document, sentences = parse(text)
    document = Document(id="test", text=text, publisher=publisher)
    token = next((s.index, i) for s in sentences for i in range(len(s)) if s.starts[i] == start)
    found = find_attributions(document, sentences)
    return build_chain(document, sentences, found, token, (), speaker_included=speaker_included)


@pytest.mark.parametrize(("marked", "names"), CHAINS, ids=[marked for marked, _ in CHAINS])
def test_chain(marked: str, names: list[str], parse: Parse) -> None:
    links, quoted, numbers = chain_of(marked, parse)
    assert [link.name for link in links] == names
    assert (quoted == "none") == (names == [])
    assert bool(numbers) == bool(names)


COMMENTARY = """A dam and its friends. The Lagos Herald reports that the dam at Kura fails. Engineers saw it:

Inspectors sent by the province counted nine cracks in the wall and asked for the valley to be cleared. …

The builders blamed the rain of the last two winters and sent a bill for new pumps, which nobody paid.

And it isn’t pretty, as you’ll see if you read what follows:

The Tribune newspaper quoted unnamed water board sources as saying that two inspectors had received cash from the firm.

“We |drained| the lower basin,” the engineer Musa Bello said in an interview that was printed on Friday in the Tribune.

I wonder who’ll pay for it, don’t you? My guess is nobody. The army ^flooded^ the valley.
"""


def _commentary(mark: str, parse: Parse) -> list[str]:
    text = COMMENTARY
    for other in "|^":
        if other != mark:
            text = text.replace(other, "")
    first = text.index(mark)
    return [link.name for link in chain_of(text[:first] + "|" + text[first + 1 :].replace(mark, "|"), parse)[0]]


def test_excerpt_of_an_outlet_holds_its_sources(parse: Parse) -> None:
    text = COMMENTARY.replace("|", "").replace("^", "").replace("received", "|received|")
    links, _, numbers = chain_of(text, parse)
    assert [link.name for link in links] == ["Lagos Herald", "Tribune", "water board sources"]
    assert [link.kind for link in links] == ["publisher", "publisher", "anonymous"]
    assert [link.cue for link in links] == [":", "quoted", "saying"]
    assert len(numbers) == 3


def test_quotation_inside_an_excerpt(parse: Parse) -> None:
    assert _commentary("|", parse) == ["Lagos Herald", "Musa Bello"]


def test_excerpt_goes_on_after_an_ellipsis(parse: Parse) -> None:
    text = COMMENTARY.replace("|", "").replace("^", "").replace("The builders blamed", "The builders |blamed|")
    assert [link.name for link in chain_of(text, parse)[0]] == ["Lagos Herald"]


def test_excerpt_ends_where_the_writer_is_back(parse: Parse) -> None:
    assert _commentary("^", parse) == []


def test_excerpt_of_nobody_known_stays_unknown(parse: Parse) -> None:
    text = COMMENTARY.replace("|", "").replace("^", "") + (
        "\nThere’s more. Putting it all together takes time, and you’ve got to look further, as ever:\n\n"
        "The raid that came on Friday |destroyed| nine bridges and two mills along the river, and no one was spared.\n"
    )
    assert [link.name for link in chain_of(text, parse)[0]] == ["unspecified"]


def test_list_after_a_colon_is_no_excerpt(parse: Parse) -> None:
    text = "The Herald reports on three towns that fell in the same week:\n\n- Kano |fell| first\n\n- Jos fell next\n"
    assert chain_of(text, parse)[0] == ()


def test_own_publisher_is_left_out(parse: Parse) -> None:
    marked = "Oslo told the Herald it |sold| the ships, the Herald reported."
    links, _, _ = chain_of(marked, parse, publisher="The Herald")
    assert [link.name for link in links] == ["Oslo"]


def test_quotation_marks_make_it_direct(parse: Parse) -> None:
    assert chain_of("“We |shelled| the port,” Oslo said.", parse)[1] == "direct"
    assert chain_of("Oslo said it |shelled| the port.", parse)[1] == "indirect"
    assert chain_of("Oslo said the rebels had “|shelled| the port” at dawn.", parse)[1] == "direct"
    assert chain_of("Oslo said the rebels had |shelled| the “old port” at dawn.", parse)[1] == "indirect"


def test_speaker_can_be_left_out(parse: Parse) -> None:
    assert chain_of("Ankara vowed to |retake| the town.", parse, speaker_included=False)[0] == ()
    links, _, _ = chain_of("Reuters said Ankara vowed to |retake| the town.", parse, speaker_included=False)
    assert [link.name for link in links] == ["Reuters"]


def test_links_carry_kind_cue_and_span(parse: Parse) -> None:
    marked = "The Lagos Herald quoted army sources as saying that the port was |shelled|."
    links, _, _ = chain_of(marked, parse)
    text = marked.replace("|", "")
    assert [(link.kind, link.cue) for link in links] == [("publisher", "quoted"), ("anonymous", "saying")]
    assert [text[slice(*link.span)] for link in links if link.span] == ["The Lagos Herald", "army sources"]


def test_he_is_the_one_who_spoke_before(parse: Parse) -> None:
    text = "Maria Rossi told reporters that the talks had failed. He said troops |crossed| the river."
    assert [link.name for link in chain_of(text, parse)[0]] == ["Maria Rossi"]


def _mention(sentences: tuple[Sentence, ...], word: str, actor: Actor, kind: str = "pronoun") -> Mention:
    sentence = next(s for s in sentences if word in s.words)
    i = sentence.words.index(word)
    return Mention(sentence.span_of(i, i + 1), sentence.index, i, i + 1, i, actor, kind, "test")


def test_mention_names_a_pronoun_and_gives_its_code(parse: Parse) -> None:
    document, sentences = parse("He said troops crossed the river.")
    found = find_attributions(document, sentences)
    mention = _mention(sentences, "He", Actor("Ana Ruiz", "BOLGOV"))
    links, _, _ = build_chain(document, sentences, found, (0, 3), (mention,))
    assert [(link.name, link.code) for link in links] == [("Ana Ruiz", "BOLGOV")]


def test_code_of_the_media_makes_a_publisher(parse: Parse) -> None:
    document, sentences = parse("Izvestia said troops crossed the river.")
    found = find_attributions(document, sentences)
    mention = _mention(sentences, "Izvestia", Actor("Izvestia", "RUSMED"), "name")
    links, _, _ = build_chain(document, sentences, found, (0, 3), (mention,))
    assert [(link.name, link.kind) for link in links] == [("Izvestia", "publisher")]


def test_two_mentions_of_one_actor_are_one_link(parse: Parse) -> None:
    document, sentences = parse("Oslo said Norway had promised to free the pilot.")
    found = find_attributions(document, sentences)
    mentions = tuple(_mention(sentences, word, Actor("Norway", "NOR"), "name") for word in ("Oslo", "Norway"))
    links, _, numbers = build_chain(document, sentences, found, (0, sentences[0].words.index("free")), mentions)
    assert [link.name for link in links] == ["Oslo"]
    assert len(numbers) == 2


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("The two Water Board sources spoke.", "sources", "Water Board sources"),
        ("Many of his aides spoke.", "Many", "aides"),
        ("The envoy for Chad, Ana de Souza, spoke.", "envoy", "Ana de Souza"),
        ("President Maria Rossi of Italy spoke.", "Rossi", "Maria Rossi"),
        ("The head of the army spoke.", "head", "head of the army"),
        ("The Tribune newspaper spoke.", "newspaper", "Tribune"),
    ],
)
def test_short_name(text: str, word: str, name: str, parse: Parse) -> None:
    _, sentences = parse(text)
    assert short_name(sentences[0], sentences[0].words.index(word)) == name


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        (
            "The newspaper Izvestia quoted anonymous sources in the Russian navy as saying that Moscow had sent ships.",
            ["Izvestia", "sources in the Russian navy"],
        ),
        ("The minister delayed the levy on Chile, Peruvian newspapers reported.", ["Peruvian newspapers"]),
    ],
)
def test_names_that_tell_most(parse: Parse, text: str, chain: list[str]) -> None:
    document, sentences = parse(text)
    token = next(i for i, word in enumerate(sentences[0].words) if word in ("sent", "delayed"))
    found, _, _ = build_chain(document, sentences, find_attributions(document, sentences), (0, token), ())
    assert [link.name for link in found] == chain
