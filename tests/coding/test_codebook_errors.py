"""A codebook entry that breaks the rules is named with its file, its place and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.coding.codebook import Pattern, _fingerprint, load_classes, load_codebook, parse_patterns
from dragoman.errors import CodebookError

GOOD = """
type = "SANCTION"
recipient = ["object"]
[[pattern]]
verb = "expel"
with = { object = ["@group"] }
example = "Lima expelled two envoys."
not = "The school expelled two boys."
"""


def read(text: str) -> list[Pattern]:
    return parse_patterns(
        text, file="plover/sanction.toml", types=load_codebook().types, classes={"group": frozenset(("envoy",))}
    )


def test_a_good_entry() -> None:
    (pattern,) = read(GOOD)
    assert (pattern.id, pattern.type, pattern.verbs) == ("sanction.expel", "SANCTION", ("expel",))
    assert pattern.required == (("object", frozenset(("@group",))),)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('type = "SANCTION"', 'type = "SANCTIONS"', "unknown type 'SANCTIONS'"),
        ('verb = "expel"', 'verbs = "expel"', "unknown key 'verbs'"),
        ('verb = "expel"', 'mode = "expel"', "no verb, noun or adjective"),
        ('verb = "expel"', 'verb = "expel"\nmode = "banish"', "unknown mode 'banish'"),
        ('verb = "expel"', 'verb = "expel"\nneeds = ["luck"]', "unknown needs 'luck'"),
        ('verb = "expel"', 'verb = "expel"\ncontexts = ["sports"]', "unknown contexts 'sports'"),
        ("@group", "@herd", "unknown class '@herd' in object"),
        ('not = "The school expelled two boys."', "", "no 'not' sentence"),
        ('example = "Lima expelled two envoys."', 'example = ""', "no 'example' sentence"),
    ],
)
def test_a_bad_entry_is_named(old: str, new: str, told: str) -> None:
    assert old in GOOD
    with pytest.raises(CodebookError, match=r"^plover/sanction\.toml, line .+: .+\. .+") as caught:
        read(GOOD.replace(old, new))
    assert told in str(caught.value)


def test_text_that_is_no_toml_is_named() -> None:
    with pytest.raises(CodebookError, match=r"^plover/sanction\.toml"):
        read("type = SANCTION")


def test_a_class_takes_in_others_and_must_not_hold_itself() -> None:
    classes = load_classes('gun = ["rifle"]\nweapon = ["@gun", "bomb"]\n')
    assert classes["weapon"] == {"rifle", "bomb"}
    with pytest.raises(CodebookError, match="contains itself"):
        load_classes('a = ["@b"]\nb = ["@a"]\n')


def test_the_installed_codebook_is_sound() -> None:
    codebook = load_codebook()
    ids = [pattern.id for pattern in codebook.patterns]
    assert len(ids) == len(set(ids))
    assert len(codebook.types) == 16
    for pattern in codebook.patterns:
        assert pattern.type in codebook.types
        assert pattern.cameo.isdigit(), pattern.id
        assert pattern.example != pattern.counterexample, pattern.id


def test_the_version_changes_with_any_table_and_not_with_the_judges_sentences(tmp_path: Path) -> None:
    (tmp_path / "actors").mkdir()
    (tmp_path / "judge").mkdir()
    for name in ("nouns.toml", "actors/states.csv", "judge/weights.tsv", "judge/sentences.tsv"):
        (tmp_path / name).write_text("a\n", encoding="utf-8")
    first = _fingerprint(tmp_path)
    (tmp_path / "judge" / "sentences.tsv").write_text("b\n", encoding="utf-8")
    assert _fingerprint(tmp_path) == first
    for name in ("actors/states.csv", "judge/weights.tsv"):
        (tmp_path / name).write_text("b\n", encoding="utf-8")
        changed = _fingerprint(tmp_path)
        assert changed != first
        first = changed
