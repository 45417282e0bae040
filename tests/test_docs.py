"""The Markdown files go in; what they promise is tried out: commands, links, files named, Python examples."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from dragoman.cli import main
from dragoman.store.database import CaseFile

REPOSITORY = Path(__file__).resolve().parents[1]
GUIDES = sorted([*REPOSITORY.glob("*.md"), *REPOSITORY.glob("docs/*.md"), *REPOSITORY.glob("dragoman/**/*.md")])
_BLOCK = re.compile(r"^```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_NAMED = re.compile(r"`(?P<path>(?:dragoman|tests|docs)/[\w./-]+)`")
_PLACEHOLDER = re.compile(r"/[A-Z]+[./]")
each_guide = pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.relative_to(REPOSITORY).as_posix())


def blocks(text: str, kind: str) -> list[str]:
    """The code blocks of one kind."""
    return [block["body"] for block in _BLOCK.finditer(text) if block["kind"] == kind]


def anchors(text: str) -> set[str]:
    """What a link to a heading is called: small letters, words joined by hyphens."""
    headings = re.findall(r"^#+ (.+)$", _BLOCK.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@each_guide
def test_links_lead_somewhere(guide: Path) -> None:
    for link in _LINK.finditer(_BLOCK.sub("", guide.read_text(encoding="utf-8"))):
        path, _, anchor = link["target"].partition("#")
        if "://" in path or path.startswith("mailto:"):
            continue
        target = guide.parent / path if path else guide
        assert target.exists(), f"{guide.name} links to {path}, which is not there"
        if anchor:
            known = anchors(target.read_text(encoding="utf-8"))
            assert anchor in known, f"{guide.name}: {path} has no heading #{anchor}"


@each_guide
def test_files_that_are_named_exist(guide: Path) -> None:
    for named in _NAMED.finditer(guide.read_text(encoding="utf-8")):
        if not _PLACEHOLDER.search(named["path"]):
            assert (REPOSITORY / named["path"]).exists(), f"{guide.name} names {named['path']}, which is not there"


@each_guide
def test_commands_exist(guide: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    shown = "\n".join(blocks(guide.read_text(encoding="utf-8"), "console"))
    for target in re.findall(r"^\$ make ([a-z]+)", shown, re.MULTILINE):
        assert target in targets, f"{guide.name} shows 'make {target}', which the Makefile does not have"
    for command in re.findall(r"^\$ (?:.*\| *)?dragoman ([a-z]+)", shown, re.MULTILINE):
        assert command in main.commands, f"{guide.name} shows 'dragoman {command}', which is no command"


def test_the_readme_shows_demo_and_test() -> None:
    shown = "\n".join(blocks((REPOSITORY / "README.md").read_text(encoding="utf-8"), "console"))
    assert {"demo", "test"} <= set(re.findall(r"^\$ make ([a-z]+)", shown, re.MULTILINE))


def test_options_in_the_readme_exist() -> None:
    shown = "\n".join(blocks((REPOSITORY / "README.md").read_text(encoding="utf-8"), "console"))
    for name, rest in re.findall(r"^\$ dragoman ([a-z]+)(.*)$", shown, re.MULTILINE):
        known = {option for parameter in main.commands[name].params for option in parameter.opts}
        unknown = set(re.findall(r"--[a-z-]+", rest)) - known
        assert not unknown, f"README.md shows 'dragoman {name} {' '.join(sorted(unknown))}'"


def test_every_command_is_documented() -> None:
    told = (REPOSITORY / "docs" / "commands.md").read_text(encoding="utf-8")
    missing = [name for name in main.commands if f"dragoman {name}" not in told]
    assert not missing, f"docs/commands.md says nothing about {', '.join(missing)}"


def test_python_in_the_readme_runs(case: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case.close()  # case.duckdb, of which the README speaks
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    examples = blocks((REPOSITORY / "README.md").read_text(encoding="utf-8"), "python")
    assert examples, "README.md shows no Python"
    for body in examples:
        if ">>>" not in body:
            exec(compile(body, "README.md", "exec"), names)
            continue
        told: list[str] = []
        example = doctest.DocTestParser().get_doctest(body, names, "README.md", "README.md", 0)
        outcome = doctest.DocTestRunner().run(example, out=told.append, clear_globs=False)
        assert outcome.failed == 0, "".join(told)
        names = example.globs


def test_every_module_is_described_in_the_design() -> None:
    design = (REPOSITORY / "docs" / "design.md").read_text(encoding="utf-8")
    modules = [path for path in (REPOSITORY / "dragoman").rglob("*.py") if path.name != "__init__.py"]
    missing = [path.relative_to(REPOSITORY).as_posix() for path in modules if f"`{path.name}`" not in design]
    assert not missing, f"docs/design.md says nothing about {', '.join(sorted(missing))}: add a line each"
