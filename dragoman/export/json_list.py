"""Objects go in one by one, one JSON document with all of them in a list comes out; only one is held at a time."""

from __future__ import annotations

import json
from pathlib import Path

from dragoman.export.files import partial_path
from dragoman.export.rows import Row


class JsonList:
    """A JSON document whose list grows line by line; ``opening`` ends with the list's bracket.

    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "a.json"
    >>> document = JsonList(path, '{"items": [')
    >>> document.add({"n": 1})
    >>> document.close('], "total": 1}')
    >>> json.loads(path.read_text(encoding="utf-8"))
    {'items': [{'n': 1}], 'total': 1}
    """

    def __init__(self, path: Path, opening: str) -> None:
        self._path, self._partial = path, partial_path(path)
        self._file = self._partial.open("w", encoding="utf-8", newline="\n")
        self._file.write(opening)
        self._between = "\n"

    def add(self, item: Row) -> None:
        """Add one object; keys that have no value (None) are left out."""
        told = {key: value for key, value in item.items() if value is not None}
        self._file.write(self._between + json.dumps(told, ensure_ascii=False))
        self._between = ",\n"

    def close(self, ending: str) -> None:
        """Close the list and the document, and give the file its name."""
        self._file.write("\n" + ending + "\n")
        self._file.close()
        self._partial.replace(self._path)
