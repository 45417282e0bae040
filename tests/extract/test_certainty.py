"""Every entry of certainty.csv against its own sentences, and 240 sentences that say what each construction does."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import get_args

import pytest

from dragoman.errors import CodebookError
from dragoman.extract.certainty import judge_predicates, vouch_for
from dragoman.extract.contexts import Contexts
from dragoman.extract.predicates import find_predicates, load_event_nouns
from dragoman.extract.signatures import FACT, apply, load_book
from dragoman.records import Attribution, Certainty, Document, Sentence, Status
from dragoman.tables import Row, read_table

Parse = Callable[..., tuple[Document, tuple[Sentence, ...]]]

ENTRIES = read_table("certainty.csv", ("words", "pos", "reach", "signature", "example", "not"))
# Each line: a status, a tab, and a sentence with the predicate in brackets that has it.
LINES = Path(__file__).with_name("certainty_sentences.tsv").read_text(encoding="utf-8").splitlines()[1:]
SENTENCES = [tuple(line.split("\t")) for line in LINES]
BRACKET = re.compile(r"[\[\]]")
# What an effect makes of a plain statement.
PLAIN = {"same": "actual", "opposite": "negated", "known": "actual", "wished": "planned"}


def locate(sentences: Sequence[Sentence], at: int) -> tuple[Sentence, int]:
    """The token that begins at a character."""
    return next((s, i) for s in sentences for i in range(len(s)) if s.starts[i] <= at < s.ends[i])


def judge(parse: Parse, marked: str) -> Certainty:
    """The certainty of the predicate in brackets (the first, where there are two)."""
    document, sentences = parse(BRACKET.sub("", marked))
    sentence, token = locate(sentences, marked.index("["))
    return judge_predicates(document, sentences)[(sentence.index, token)]


def row_name(row: Row) -> str:
    return f"{row['words'].split('|')[0]}-{row['pos']}-{row['reach']}"


def steps_of(row: Row) -> set[str]:
    names = {w if r == "self" else f"{w} ({r})" for w in row.alternatives("words") for r in row.alternatives("reach")}
    return names | {f"{name}, own act" for name in names}


@pytest.mark.parametrize("row", ENTRIES, ids=row_name)
def test_entry_decides_its_example(parse: Parse, row: Row) -> None:
    found = judge(parse, row["example"])
    effect = load_book().signatures[row["signature"]].status
    assert steps_of(row) & set(found.rule.split(" > ")), found.rule
    assert found.status == PLAIN.get(effect, effect)
    assert found.cues


@pytest.mark.parametrize("row", ENTRIES, ids=row_name)
def test_entry_leaves_the_other_sentence_alone(parse: Parse, row: Row) -> None:
    found = judge(parse, row["not"])
    assert not steps_of(row) & set(found.rule.split(" > ")), found.rule


@pytest.mark.parametrize(("status", "marked"), SENTENCES)
def test_status(parse: Parse, status: str, marked: str) -> None:
    found = judge(parse, marked)
    assert found.status == status, found
    if status == "negated":
        assert found.commitment < 1
    if status == "actual":
        assert found.commitment > 1


def test_the_sentences_cover_every_status() -> None:
    assert len(set(SENTENCES)) >= 200
    assert {status: sum(s == status for s, _ in SENTENCES) >= 25 for status in get_args(Status)} == dict.fromkeys(
        get_args(Status), True
    )


@pytest.mark.parametrize("tense", ["", "may ", "will "])
@pytest.mark.parametrize("verb", ["manage", "begin", "continue"])
def test_an_implicative_keeps_what_it_stands_in(parse: Parse, tense: str, verb: str) -> None:
    plain = judge(parse, f"Samoa {tense or 'did '}[leave] the bloc.")
    embedded = judge(parse, f"Samoa {tense or 'did '}{verb} to [leave] the bloc.")
    assert plain.status == embedded.status
    assert abs(plain.commitment - embedded.commitment) < 0.5


@pytest.mark.parametrize("verb", ["fail", "refuse", "decline", "neglect", "forget"])
def test_double_negation_flips_twice(parse: Parse, verb: str) -> None:
    once = judge(parse, f"Samoa chose to {verb} to [pay] and left.")
    plain = judge(parse, f"The bank {verb}ed to [pay]." if verb not in ("forget",) else "The bank forgot to [pay].")
    twice = judge(parse, f"The bank did not {verb} to [pay].")
    assert (once.status, plain.status, twice.status) == ("negated", "negated", "actual")
    assert plain.commitment < 0 < twice.commitment


@pytest.mark.parametrize("status", ["actual", "planned", "hypothetical", "alleged"])
@pytest.mark.parametrize("commitment", [-2.0, 0.0, 1.5, 3.0])
def test_negation_turns_commitment_round_and_back(status: Status, commitment: float) -> None:
    negation = load_book().signatures["not"]
    start = FACT._replace(status=status, commitment=commitment)
    once = apply(negation, start, name="not", cue=None)
    twice = apply(negation, once, name="not", cue=None)
    assert once.commitment * commitment <= 0
    assert twice.commitment * commitment >= 0
    assert once.path == ("not",) and twice.path == ("not", "not")


@pytest.mark.parametrize(
    ("surer", "less"),
    [
        ("Chad [paid].", "Chad will [pay]."),
        ("Chad will [pay].", "Chad would [pay]."),
        ("Chad would [pay].", "Chad could [pay]."),
        ("Chad could [pay].", "Chad cannot [pay]."),
        ("Chad agreed to [pay].", "Chad tried to [pay]."),
        ("Chad tried to [pay].", "Chad failed to [pay]."),
        ("Chad said it had [paid].", "Chad reportedly [paid]."),
        ("Chad reportedly [paid].", "Chad was accused of [paying]."),
        ("Chad was accused of [paying].", "Chad denied [paying]."),
        ("Chad is likely to [pay].", "Chad is unlikely to [pay]."),
        ("Chad must [pay].", "Chad should [pay]."),
        ("Chad may [pay].", "Chad may not [pay]."),
        ("Chad may not [pay].", "Chad did not [pay]."),
        ("Chad may have [paid].", "Chad would have [paid]."),
    ],
)
def test_commitment_falls(parse: Parse, surer: str, less: str) -> None:
    assert judge(parse, surer).commitment > judge(parse, less).commitment


def test_embedding_goes_down_all_levels(parse: Parse) -> None:
    found = judge(parse, "Minsk said it did not plan to ask Warsaw to [open] the crossing.")
    assert found.rule == "say (that), own act > not > plan (to) > ask (to)"
    assert found.status == "hypothetical"


@pytest.mark.parametrize(
    ("marked", "statuses"),
    [
        ("The two will [meet] and [discuss] gas.", ("planned", "planned")),
        ("The army did not [fire] or [charge].", ("negated", "negated")),
        ("The army did not [fire] but [withdrew].", ("negated", "actual")),
        ("Malta may [sue] the firm, which [dumped] the oil.", ("hypothetical", "actual")),
        ("Malta will [sue] the firm because it [dumped] the oil.", ("planned", "actual")),
        ("Malta will [act] when the report [arrives].", ("planned", "planned")),
        ("Malta denied that it [jailed] the man who [filmed] the port.", ("negated", "actual")),
        ("Malta neither [confirmed] nor [denied] the deal.", ("negated", "negated")),
        ("The plan to [blockade] the port that Rome [built] leaked.", ("planned", "actual")),
        ("Protesters [demanded] the [release] of the poet.", ("actual", "planned")),
        ("The council [condemned] the [attack] and called for a [ceasefire].", ("actual", "actual", "planned")),
        ("Rome [accused] Tunis of [helping] smugglers to [cross] the sea.", ("actual", "alleged", "alleged")),
        ("Rome [threatened] to [seize] the ship unless Tunis [paid].", ("actual", "planned", "hypothetical")),
    ],
)
def test_what_is_inherited_and_what_is_not(parse: Parse, marked: str, statuses: tuple[str, ...]) -> None:
    document, sentences = parse(BRACKET.sub("", marked))
    judged = judge_predicates(document, sentences)
    places = [m.start() - 2 * k for k, m in enumerate(re.finditer(r"\[", marked))]
    tokens = [locate(sentences, place) for place in places]
    assert tuple(judged[(s.index, i)].status for s, i in tokens) == statuses


def attribute(document: Document, sentences: Sequence[Sentence], source: str, content: str) -> Attribution:
    """A statement made elsewhere in the text, as the finder of attributions would report it."""
    at = document.text.index(content)
    who, token = locate(sentences, document.text.index(source))
    return Attribution(
        source=(who.starts[token], who.ends[token]),
        cue=None,
        content=((at, at + len(content)),),
        parent=None,
        sentence=who.index,
        source_token=(who.index, token),
        cue_token=None,
        kind="person",
        quoted="direct",
    )


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Okello spoke first. “The rebels burned the mill. Nobody slept.”", "burned", "alleged"),
        ("Okello spoke first. “We burned the mill. Nobody slept.”", "burned", "actual"),
        ("Okello spoke first. “The mill was burned. Nobody slept.”", "burned", "alleged"),
        ("Okello spoke first. “The rebels will leave. Nobody slept.”", "leave", "planned"),
        ("Okello spoke first. “The rebels never left. Nobody slept.”", "left", "negated"),
    ],
)
def test_a_quotation_is_its_speakers_claim(parse: Parse, text: str, word: str, status: str) -> None:
    document, sentences = parse(text)
    said = attribute(document, sentences, "Okello", text[text.index("“") :])
    sentence, token = locate(sentences, text.index(word))
    found = judge_predicates(document, sentences, [said])[(sentence.index, token)]
    assert found.status == status
    alone = judge_predicates(document, sentences)[(sentence.index, token)]
    assert alone.status == ("actual" if status == "alleged" else status)


def test_a_report_of_a_report_is_vouched_for_by_nobody(parse: Parse) -> None:
    text = "Amina spoke. Okello had said that he fled. Nobody slept."
    document, sentences = parse(text)
    outer = attribute(document, sentences, "Amina", text[text.index("Okello") :])
    sentence, token = locate(sentences, text.index("fled"))
    said, _ = locate(sentences, text.index("said"))
    cue = (said.index, said.words.index("said"))
    inner = Attribution(
        source=None,
        cue=None,
        content=((text.index("that"), text.index(".", text.index("fled"))),),
        parent=0,
        sentence=said.index,
        source_token=(said.index, said.words.index("Okello")),
        cue_token=cue,
        kind="person",
        quoted="indirect",
    )
    judged = judge_predicates(document, sentences, [outer, inner])
    assert judged[cue].status == "alleged"
    assert judged[(sentence.index, token)].status == "actual", "the inner clause alone tells of an own act"


def test_who_vouches_can_be_learnt_later(parse: Parse) -> None:
    said = judge(parse, "The admiral said the fleet had [sailed].")
    assert (said.status, vouch_for(said).status) == ("alleged", "actual")
    accused = judge(parse, "The admiral was accused of [spying].")
    assert vouch_for(accused) == accused


def test_rule_and_cues_name_the_deciding_words(parse: Parse) -> None:
    document, sentences = parse("Jordan has no plan to annex the valley.")
    found = judge_predicates(document, sentences)[(0, 5)]
    assert found.rule == "have (object) > no > plan (to)" or found.rule == "no > plan (to)"
    assert [document.text[a:b] for a, b in found.cues][-2:] == ["no", "plan"]


def test_all_verbs_but_auxiliaries_are_judged(parse: Parse) -> None:
    document, sentences = parse("Peru has been trying to end the strike. Talks are under way and may be hard.")
    words = [sentences[s].words[i] for s, i in judge_predicates(document, sentences)]
    assert words == ["trying", "end", "strike", "Talks", "are", "be", "hard"]


def test_judging_is_deterministic_and_in_order(parse: Parse) -> None:
    document, sentences = parse("Fiji said it would leave. Tonga denied that it had asked for a vote.")
    first, second = judge_predicates(document, sentences), judge_predicates(document, sentences)
    assert list(first.items()) == list(second.items())
    assert list(first) == sorted(first)


def test_empty_and_broken_input(parse: Parse) -> None:
    document, sentences = parse("!!!")
    assert judge_predicates(document, sentences) == {}
    assert judge_predicates(document, ()) == {}


def test_a_tree_with_a_circle_ends() -> None:
    one = Sentence(
        0, 0, ("a", "b"), ("a", "b"), ("VB", "VB"), ("VERB", "VERB"), ("xcomp", "xcomp"), (1, 0), (0, 2), (1, 3)
    )
    assert Contexts(one, load_book()).standing(0).status in ("actual", "planned", "negated")


def test_a_very_long_list_is_judged() -> None:
    n = 3000
    row = Sentence(
        0, 0, ("raid",) * n, ("raid",) * n, ("NN",) * n, ("NOUN",) * n, ("ROOT", *("conj",) * (n - 1)),
        (0, *range(n - 1)), tuple(range(0, 5 * n, 5)), tuple(range(4, 5 * n, 5)),
    )  # fmt: skip
    assert len(judge_predicates(Document(id="d", text=""), [row])) == n


def test_event_nouns() -> None:
    nouns = load_event_nouns()
    assert len(nouns) >= 900
    assert {"raid", "attack", "visit", "talk", "threat", "collapse", "ceasefire"} <= set(nouns)
    assert not {"soldier", "country", "president", "river"} & set(nouns)


def test_hyphenated_event_nouns_are_found(parse: Parse) -> None:
    _, (sentence, *_) = parse("The shake-up angered the generals.")
    assert [sentence.words[i] for i in find_predicates(sentence)] == ["up", "angered"]


def test_every_signature_is_used_or_named() -> None:
    book = load_book()
    used = {e.signature.name for words in book.entries.values() for r in words.values() for e in r.values()}
    structural = {
        "not", "never", "no subject", "no object", "no longer", "too", "own act", "indefinite", "definite", "compound",
        "wh", "whether", "subjunctive", "infinitive", "purpose", "then", "awaited", "counterfactual", "question",
        "imperative", "presuppose", "report", "argument",
    }  # fmt: skip
    assert set(book.signatures) - used <= structural


def test_words_without_a_signature_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        Row(dict(words="hum", pos="verb", reach="to", signature="sing", example="", **{"not": ""}), "certainty.csv", 7)
    ]
    signatures = read_table(
        "signatures.csv", ("signature", "status", "commitment", "denied_status", "denied", "meaning")
    )
    monkeypatch.setattr(
        "dragoman.extract.signatures.read_table",
        lambda name, columns: tuple(rows) if name == "certainty.csv" else signatures,
    )
    with pytest.raises(CodebookError, match=r"certainty\.csv, line 7: .*'sing'"):
        load_book.__wrapped__()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The recent [theft] attributed to smugglers shocked the bishop.", "alleged"),
        ("The [ambush] that pirates are believed to have staged was filmed.", "alleged"),
        ("The [parade] that sailors plan to stage in the port was advertised.", "planned"),
        ("The [parade] that sailors staged in the port was filmed.", "actual"),
        ("Bread may be dear as a result of an Omani [blockade].", "hypothetical"),
        ("Bread was dear as a result of an Omani [blockade].", "actual"),
        ("It is not true that Oman [shelled] the port.", "negated"),
        ("It is untrue that Oman [shelled] the port.", "negated"),
        ("It is true that Oman [shelled] the port.", "actual"),
    ],
)
def test_what_is_told_about_a_deed_below_it(parse: Parse, text: str, status: str) -> None:
    assert judge(parse, text).status == status


def test_what_is_asked_first_changes_nothing(parse: Parse) -> None:
    """Certainties are judged one by one, as they are asked for."""
    document, sentences = parse(
        "The minister said the army had not shelled the port, which he threatened to close unless talks began. "
        "Quito may refuse to sign the pact that Lima wants to end. The raid they are said to have planned was denied."
    )
    forwards, backwards = judge_predicates(document, sentences), judge_predicates(document, sentences)
    assert len(forwards) > 10
    assert {token: backwards[token] for token in reversed(list(backwards))} == dict(forwards)
