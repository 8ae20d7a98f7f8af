"""The rule sets that ship with the platform (隨附規則集), read from ``data/rulesets``."""

import tomllib
from datetime import datetime
from importlib.resources import files
from typing import Any

from minben.casework.actions.rule_sets import add_rule_set
from minben.kernel.actor import Actor


def documents() -> list[dict[str, Any]]:  # Any: parsed TOML
    """All shipped documents, by file name."""
    folder = files("minben.casework").joinpath("data/rulesets")
    paths = sorted((p for p in folder.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name)
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in paths]


def add_shipped_rule_sets(*, by: Actor, at: datetime) -> int:
    """Add those not there yet; returns how many were new."""
    return sum(add_rule_set(document=document, by=by, at=at)[1] for document in documents())
