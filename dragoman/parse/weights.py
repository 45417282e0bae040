"""A folder with spaCy's small English model goes in, its weights come out, as the kernels take them.

Nothing is copied into this package: the installed model's own files are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.parse.features import FEATURES
from dragoman.parse.kernels import (
    NO_ACTION,
    PIECE,
    WIDTH,
    Actions,
    Affine,
    Floats,
    Ints,
    Maxout,
    Tables,
    UnavailableError,
    affine,
    pack,
    tables_of,
)  # fmt: skip

# What kernels.c counts: the kinds of actions of the parser (shift, reduce, left, right, break) in its order …
_PARSER_KINDS = 5
# … and those of the entities: missing, begin, in, last, unit, out. No label is no entity.
BEGIN, IN, LAST, UNIT, OUT = 1, 2, 3, 4, 5
_HIDDEN = 64
_MOST_CLASSES = 192  # for so many scores kernels.c has room


@dataclass(frozen=True, slots=True)
class Encoder:
    """From features of a word to its vector, and on to its vector in context."""

    tables: Tables
    mix: Maxout
    layers: tuple[Maxout, ...]
    seen: Affine


@dataclass(frozen=True, slots=True)
class Weights:
    """All that the model has learnt."""

    parser_encoder: Encoder
    entity_encoder: Encoder
    tagger: Affine
    tags: tuple[str, ...]
    parser_narrow: Affine
    parser: Actions
    deps: tuple[str, ...]
    root: int
    plain: Ints
    lifted: Ints
    entity_narrow: Affine
    entities: Actions
    entity_labels: tuple[str, ...]
    within: Ints
    last: Ints


def read_weights(folder: Path) -> Weights:
    """The weights of the model whose data are in a folder; UnavailableError for any other kind of model."""
    try:
        encoder = list(_parameters(folder / "tok2vec" / "model"))
        parser = list(_parameters(folder / "parser" / "model"))
        entities = list(_parameters(folder / "ner" / "model"))
        (tagger,) = (p for name, p in _parameters(folder / "tagger" / "model") if name == "softmax")
        tags = tuple(json.loads((folder / "tagger" / "cfg").read_text(encoding="utf-8"))["labels"])
        deps, plain, lifted, kinds, labels = _parser_actions(_moves(folder / "parser"))
        entity_labels, entity_kinds, entity_label, within, last = _entity_actions(_moves(folder / "ner"))
        return Weights(
            parser_encoder=_encoder(encoder, features=6),
            entity_encoder=_encoder(entities, features=4),
            tagger=affine(tagger["W"], tagger["b"]),
            tags=tags,
            parser_narrow=_narrow(parser),
            parser=_actions(parser, places=8, kinds=kinds, labels=labels),
            deps=deps,
            root=deps.index("ROOT"),
            plain=plain,
            lifted=lifted,
            entity_narrow=_narrow(entities),
            entities=_actions(entities, places=3, kinds=entity_kinds, labels=entity_label),
            entity_labels=entity_labels,
            within=within,
            last=last,
        )
    except (OSError, KeyError, ValueError, IndexError) as problem:
        raise UnavailableError(f"{folder} holds no model of the known layout: {problem}") from problem


def _parameters(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each layer of a model by name, with its arrays and its settings."""
    import srsly

    model = srsly.msgpack_loads(file.read_bytes())
    for node, parameters, settings in zip(model["nodes"], model["params"], model["attrs"], strict=True):
        read = {name: srsly.msgpack_loads(value) for name, value in settings.items()}
        yield node["name"], {**read, **parameters}


def _encoder(model: list[tuple[str, dict[str, Any]]], *, features: int) -> Encoder:
    columns = next(p["columns"] for name, p in model if name == "extract_features")
    _expect(tuple(columns) == FEATURES[:features], f"features {columns}")
    hashed = [p for name, p in model if name == "hashembed"]
    _expect(all(p["E"].shape[1] == WIDTH for p in hashed), "width of the tables")
    maxouts = [p for name, p in model if name == "maxout"]
    norms = [p for name, p in model if name == "layernorm"]
    _expect(len(hashed) == features and len(maxouts) == len(norms) == 5, "number of layers")
    mix, *layers = (_maxout(p, norm) for p, norm in zip(maxouts, norms, strict=True))
    _expect(mix.terms == features * WIDTH and all(layer.terms == 3 * WIDTH for layer in layers), "width of a layer")
    tables = tables_of((p["seed"] for p in hashed), (p["E"] for p in hashed))
    return Encoder(tables, mix, tuple(layers), _seen(maxouts[1]["W"]))


def _maxout(parameters: dict[str, Any], norm: dict[str, Any]) -> Maxout:
    weights = parameters["W"]
    _expect(weights.shape[:2] == (WIDTH, 3), "shape of a layer")
    return Maxout(
        pack(_by_piece(weights).T),
        np.ascontiguousarray(_by_piece(parameters["b"][:, :, None])[:, 0]),
        np.ascontiguousarray(norm["G"]),
        np.ascontiguousarray(norm["b"]),
        weights.shape[2],
    )


def _by_piece(weights: Floats) -> Floats:
    """Outputs by three pieces by terms -> rows in the order of the panels: 16 outputs of each piece in turn."""
    terms = weights.shape[2]
    parted = weights.reshape(WIDTH // PIECE, PIECE, 3, terms)
    return np.ascontiguousarray(parted.transpose(0, 2, 1, 3).reshape(3 * WIDTH, terms))


def _seen(weights: Floats) -> Affine:
    """The first layer as three: for the word on the left, in the middle, on the right."""
    rows = _by_piece(weights)
    parts = np.concatenate([rows[:, WIDTH * part : WIDTH * (part + 1)] for part in range(3)])
    return affine(parts, np.zeros(len(parts), np.float32))


def _narrow(model: list[tuple[str, dict[str, Any]]]) -> Affine:
    (narrow,) = (p for name, p in model if name == "linear" and p["W"].shape == (_HIDDEN, WIDTH))
    return affine(narrow["W"], narrow["b"])


def _actions(model: list[tuple[str, dict[str, Any]]], *, places: int, kinds: Ints, labels: Ints) -> Actions:
    (lower,) = (p for name, p in model if name == "precomputable_affine")
    _expect(lower["W"].shape == (places, _HIDDEN, 2, _HIDDEN), "shape of the state's layer")
    upper = next(p for name, p in model if name == "linear" and p["W"].shape == (len(kinds), _HIDDEN))
    _expect(len(kinds) <= _MOST_CLASSES, "number of actions")
    classes = affine(upper["W"], upper["b"])
    weights = lower["W"].transpose(0, 2, 1, 3).reshape(places * 2 * _HIDDEN, _HIDDEN)
    return Actions(
        places,
        affine(weights, np.zeros(len(weights), np.float32)),
        np.ascontiguousarray(lower["pad"][0].transpose(0, 2, 1).reshape(-1)),
        np.ascontiguousarray(lower["b"].T.reshape(-1)),
        classes,
        np.pad(kinds, (0, classes.columns - len(kinds)), constant_values=NO_ACTION),
        labels,
    )


def _moves(folder: Path) -> list[tuple[int, str]]:
    """Kind and label of each class, in spaCy's order: within a kind the more frequent label comes first."""
    import srsly

    counts = json.loads(srsly.msgpack_loads((folder / "moves").read_bytes())["moves"])
    return [
        (int(kind), label)
        for kind, labels in sorted(counts.items(), key=lambda item: int(item[0]))
        for label, _ in sorted(labels.items(), key=lambda item: (item[1], item[0]), reverse=True)
    ]


def _parser_actions(moves: list[tuple[int, str]]) -> tuple[tuple[str, ...], Ints, Ints, Ints, Ints]:
    """Names of labels; what each means, and under which head it belongs; kind and label of each class."""
    _expect(all(kind < _PARSER_KINDS for kind, _ in moves), "kinds of actions")
    named = {part for _, label in moves for part in label.split("||")} | {label for _, label in moves}
    deps = tuple(sorted(named - {""}))
    plain = [deps.index(dep.partition("||")[0]) for dep in deps]
    lifted = [deps.index(dep.partition("||")[2]) if "||" in dep else -1 for dep in deps]
    labels = [deps.index(label) if label else -1 for _, label in moves]
    return deps, _ints(plain), _ints(lifted), _ints([kind for kind, _ in moves]), _ints(labels)


def _entity_actions(moves: list[tuple[int, str]]) -> tuple[tuple[str, ...], Ints, Ints, Ints, Ints]:
    """Names of labels; kind and label of each class; the classes that go on with, and end, each label."""
    labels = tuple(sorted({label for _, label in moves if label}))
    # An entity without a label is only there for tokens that a person has marked; it is never valid here.
    kinds = [kind if label or kind == OUT else 0 for kind, label in moves]
    of_class = [labels.index(label) if label else -1 for _, label in moves]
    within, last = ([moves.index((kind, label)) for label in labels] for kind in (IN, LAST))
    return labels, _ints(kinds), _ints(of_class), _ints(within), _ints(last)


def _ints(values: list[int]) -> Ints:
    return np.array(values, np.int32)


def _expect(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(what)
