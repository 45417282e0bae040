"""What a claim's ``rule`` may hold besides the pattern that decided: an announcement, the judge's choice."""

from __future__ import annotations

# Before the pattern of the act, in a statement that lies in its future tense.
ANNOUNCES = "announces "
# Between the pattern and the judge's chance for its type, where the judge had a say.
AND_JUDGE = " and judge "


def pattern_of(rule: str) -> str:
    """The id of the pattern in a rule.

    >>> pattern_of("announces aid.send"), pattern_of("concede.lift and judge 0.75")
    ('aid.send', 'concede.lift')
    """
    return rule.removeprefix(ANNOUNCES).partition(AND_JUDGE)[0]
