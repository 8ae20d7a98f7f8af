"""Loading the demo once (載入示範資料)."""

import json
import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from django.db import transaction

from minben.casework.actions import add_rule_set
from minben.kernel import clock
from minben.kernel.actor import SYSTEM
from minben.ledger import actions as ledger
from minben.people import queries as people
from minben.people.shipped import add_agencies, shipped_agencies
from minben.simulation.demo.figures import add_practice_figures, add_practice_services
from minben.simulation.demo.people import add_people
from minben.simulation.demo.playing import Stagehand

Tell = Callable[[int, int], None]
FOUNDED = timedelta(days=400)


def _read(name: str) -> Any:  # Any: JSON
    return json.loads(
        files("minben.simulation").joinpath(f"data/demo/{name}").read_text(encoding="utf-8")
    )


def documents() -> list[dict[str, Any]]:
    """The proposals of the demo; those advised to join another one come after it."""
    folder = files("minben.simulation").joinpath("data/demo/proposals")
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".json"))
    found = [_read(f"proposals/{name}") for name in names]
    return sorted(found, key=lambda one: (bool(one["merge_into"]), one["key"]))


def scenes() -> list[dict[str, Any]]:
    """The cases of the demo that are told act by act."""
    folder = files("minben.simulation").joinpath("data/demo/scenes")
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".json"))
    return [_read(f"scenes/{name}") for name in names]


def _practice_rules() -> dict[str, Any]:
    """Rules of a city that exists only here: three people can play a whole case."""
    file = files("minben.simulation").joinpath("data/demo/practice-rules.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def load_demo(*, at: datetime, tell: Tell = lambda done, total: None) -> dict[str, int]:
    """Load the demo as of `at`, all of it or nothing; returns counts by name.

    A database that has it already is left alone.
    """
    if people.user_by_email("admin-1@example.org"):
        return {"proposals": 0}
    proposals = documents()
    with clock.simulating(), transaction.atomic():
        founded = at - FOUNDED
        add_rule_set(document=_practice_rules(), by=SYSTEM, at=founded)
        for rows in (shipped_agencies(), _read("agencies.json")):
            add_agencies(rows=rows, by=SYSTEM, at=founded)
        cast = add_people(_read("people.json"), founded)
        stagehand = Stagehand(cast, at, _read("campaigns.json"))
        for done, document in enumerate(proposals, start=1):
            stagehand.play(document)
            tell(done, len(proposals))
        for scene in scenes():
            stagehand.play_scene(scene)
        add_practice_figures(_read("practice-wheel.json"), by=SYSTEM, at=at)
        add_practice_services(_read("practice-services.json"), by=SYSTEM, at=at)
        stagehand.sign()
        ledger.sequence_all(by=SYSTEM, at=at)
        ledger.sign_checkpoint(by=SYSTEM, at=at)
    return {"proposals": len(proposals), "endorsements": stagehand.endorsements}
