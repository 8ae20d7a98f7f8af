"""The recipes that come with the platform (內建計算方法)."""

import json
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.reading import read
from minben.indicators.engine.recipe import Recipe
from minben.indicators.engine.strict import parsed

MOST_BYTES = 2_000_000


def schema_text() -> str:
    """The JSON Schema of recipes, as it is published."""
    return (files("minben.indicators.engine") / "recipe.schema.json").read_text("utf-8")


def shipped() -> Iterable[Recipe]:
    """All of them, by code."""
    folder = files("minben.indicators") / "recipes"
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".json"))
    return [read(json.loads((folder / name).read_text("utf-8"))) for name in names]


def find(asked: str) -> Recipe:
    """The shipped recipe of that code, or the one a file holds. Raises Faulty."""
    for recipe in shipped():
        if recipe.code == asked:
            return recipe
    path = Path(asked)
    if not path.is_file():
        known = ", ".join(recipe.code for recipe in shipped())
        raise Faulty([Fault(asked, "no_recipe", f"is no file, and no recipe named so: {known}")])
    return load(asked, path.read_bytes())


def load(name: str, content: bytes) -> Recipe:
    """The recipe a file's content is. Raises Faulty."""
    if len(content) > MOST_BYTES:
        raise Faulty([Fault(name, "too_large", f"is larger than {MOST_BYTES} bytes")])
    return read(parsed(name, content))


def written(document: object) -> bytes:
    """A recipe as it is kept: readable, and with its names in their order."""
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"
