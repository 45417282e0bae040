"""The rule of the import graph: steps know the records and themselves, only the coder joins them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import dragoman

ROOT = Path(dragoman.__file__).parent
STEPS = ("read", "parse", "extract", "resolve", "coding", "store", "export")
COMMON = {"records", "errors", "tables", "compiled", "plover"}
# Who may import what besides; a package that is not named here may import all but the command line.
ALLOWED = {
    "records": set(),
    "errors": set(),
    "compiled": set(),
    "tables": {"errors"},
    "plover": {"tables"},
    **{step: COMMON | {step} for step in STEPS},
    "fetch": {"errors", "fetch", "read", "__version__"},
    "analyse": COMMON | {"analyse", "store"},
}
LIBRARIES = {
    "spacy": ("parse/", "engines/spacy_component.py"),
    "thinc": ("parse/", "engines/spacy_component.py"),
    "duckdb": ("store/", "analyse/", "read/tables.py", "export/files.py"),
    "networkx": ("analyse/network.py",),
    "fastwarc": ("read/warc.py",),
    "ray": ("engines/cluster.py",),
    "pyarrow": ("read/filesystems.py", "read/pieces.py", "engines/parts.py"),
    "fsspec": ("read/filesystems.py",),
    "lxml": ("read/feeds.py", "read/feed_lists.py"),
    "matplotlib": ("plot/",),
    "fastapi": ("web/",),
    "starlette": ("web/",),
    "uvicorn": ("web/serve.py",),
    "click": ("cli.py",),
    "rich": ("tell/",),
}


def modules() -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))


def imports(name: str) -> Iterator[str]:
    """Full names of what a file imports, also inside functions."""
    for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}, line {node.lineno}: write the whole name, not a relative one"
            yield node.module or ""
            if node.module == "dragoman":
                yield from (f"dragoman.{alias.name}" for alias in node.names)


def owner(name: str) -> str:
    """read/html.py -> read, coder.py -> coder."""
    return name.partition("/")[0].removesuffix(".py")


def test_the_graph_is_read() -> None:
    assert "dragoman.errors" in set(imports("read/checks.py"))
    assert {owner(name) for name in modules()} > {"coder", "cli", *STEPS}


def test_steps_import_the_records_and_themselves_only() -> None:
    wrong = [
        f"{name} imports {target}"
        for name in modules()
        for target in imports(name)
        if target.startswith("dragoman.")
        and owner(name) in ALLOWED
        and target.split(".")[1] not in ALLOWED[owner(name)]
    ]
    assert not wrong, "\n".join(wrong)


def test_nobody_imports_the_command_line() -> None:
    wrong = [name for name in modules() for target in imports(name) if target.split(".")[:2] == ["dragoman", "cli"]]
    assert not wrong, wrong


def test_only_the_command_line_imports_the_desk() -> None:
    wrong = [
        f"{name} imports {target}"
        for name in modules()
        for target in imports(name)
        if target.startswith("dragoman.web") and not name.startswith(("web/", "cli.py"))
    ]
    assert not wrong, wrong


def test_the_great_libraries_stay_behind_their_boundaries() -> None:
    wrong = [
        f"{name} imports {target}"
        for name in modules()
        for target in imports(name)
        for places in [LIBRARIES.get(target.partition(".")[0])]
        if places and not name.startswith(places)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_records_need_the_standard_library_only() -> None:
    import sys

    assert {target.partition(".")[0] for target in imports("records.py")} <= set(sys.stdlib_module_names)
