"""Who is understood to act where the clause has no subject of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.extract.subjects import SubjectFinder
from dragoman.records import Document, Sentence

Parse = Callable[..., tuple[Document, tuple[Sentence, ...]]]


@pytest.mark.parametrize(
    ("text", "verb", "subjects"),
    [
        ("Turkey asked Russia to stop the raids.", "stop", ["Russia"]),
        ("Turkey promised Russia to stop the raids.", "stop", ["Turkey"]),
        ("The UN called on both sides to halt the fighting.", "halt", ["sides"]),
        ("Iran accused Israel of mounting a raid.", "mounting", ["Israel"]),
        ("Peru warned Chile against shelling the port.", "shelling", ["Chile"]),
        ("Peru met Brazil, cautioning Chile about shelling the port.", "shelling", ["Chile"]),
        ("After meeting the envoy, the minister left.", "meeting", ["minister"]),
        ("The militia that shelled the town withdrew.", "shelled", ["militia"]),
        ("Rebels attacked the base and burned it.", "burned", ["Rebels"]),
        ("Tehran's plan to retaliate alarmed Riyadh.", "retaliate", ["Tehran"]),
        ("The minister mourned the blasts in Kenya, which killed dozens.", "killed", ["blasts"]),
        ("Peru thanked Chile, which had sent tents.", "sent", ["Chile"]),
    ],
)
def test_who_acts(parse: Parse, text: str, verb: str, subjects: list[str]) -> None:
    _, sentences = parse(text)
    sentence = sentences[0]
    found = SubjectFinder(sentence).subjects(sentence.words.index(verb))
    assert [sentence.words[i] for i in found] == subjects
