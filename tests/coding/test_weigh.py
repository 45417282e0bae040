"""The judge beside the patterns in ``code``: it breaks ties, scores every claim, and can be left out."""

from __future__ import annotations

from dragoman.coder import Coder
from dragoman.coding.rule import AND_JUDGE, pattern_of
from dragoman.coding.weigh import likelihood
from dragoman.records import Claim, Document

# "Acceded to" fits a pattern of AGREE and one of CONCEDE, equally specific.
TIE = Document(id="d", text="Moscow acceded to a Turkish demand.")
PLAIN = Document(id="d", text="Ankara expelled ten Dutch diplomats.")


def _only(claims: tuple[Claim, ...]) -> Claim:
    assert len(claims) == 1
    return claims[0]


def test_every_claim_has_a_score(coder: Coder) -> None:
    claim = _only(coder.code(PLAIN))
    assert claim.event.score is not None
    assert 0.9 <= claim.event.score <= 1.0
    assert AND_JUDGE not in claim.event.rule


def test_a_doubtful_type_has_a_lower_score(coder: Coder) -> None:
    claim = _only(coder.code(Document(id="d", text="Moscow forced a UN agency out of the country.")))
    assert claim.event.score is not None
    assert claim.event.score < 0.5


def test_the_judge_decides_a_tie_and_the_rule_says_so(coder: Coder) -> None:
    claim = _only(coder.code(TIE))
    assert AND_JUDGE in claim.event.rule
    assert pattern_of(claim.event.rule) in {pattern.id for pattern in coder.codebook.patterns}


def test_without_the_judge_patterns_alone_decide(coder: Coder) -> None:
    alone = Coder(parser=None, with_judge=False)
    claim = _only(alone.code_sentences(TIE, coder.parse(TIE)))
    assert claim.event.score is None
    assert AND_JUDGE not in claim.event.rule


def test_the_likelier_the_judge_finds_it_the_likelier_it_is() -> None:
    chances = [0.0, 0.01, 0.2, 0.5, 0.9, 1.0]
    found = [likelihood(chance) for chance in chances]
    assert found == sorted(found)
    assert 0 < found[0] < found[-1] < 1
