"""Agencies as the archive names them (檔案中之機關), some of which exist no more.

An agency keeps the name it had: what 行政院農業委員會 answered in 2017 is not signed by
農業部, which came to be in 2023. The topic of an archived proposal is derived from its lead
agency by the table in ``data/archive-agencies.json``, for the archive tells none.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

DEFAULT_TOPIC = "other"


@dataclass(frozen=True, slots=True)
class KnownAgency:
    """An agency with the days on which it began and ended, where they matter.

    Args:
        topic: what its proposals are mostly about.
    """

    code: str
    name_zh: str
    name_en: str
    topic: str
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None


@cache
def known_agencies() -> dict[str, KnownAgency]:
    """The shipped table, by Chinese name."""
    text = files("minben.proposals").joinpath("data/archive-agencies.json").read_text("utf-8")
    return {row["name_zh"]: _known(row) for row in json.loads(text)}


def agency_named(name: str) -> KnownAgency:
    """What is known of an agency; one nobody listed gets a code made from its name."""
    found = known_agencies().get(name)
    if found:
        return found
    return KnownAgency(f"archive-{sha256(name.encode()).hexdigest()[:8]}", name, "", DEFAULT_TOPIC)


def topic_of(leads: tuple[str, ...], assists: tuple[str, ...]) -> str:
    """The topic derived from who leads, or from who assists where nobody is named as lead."""
    topics = (agency_named(name).topic for name in leads or assists)
    return next((topic for topic in topics if topic != DEFAULT_TOPIC), DEFAULT_TOPIC)


def _known(row: dict[str, Any]) -> KnownAgency:  # Any: parsed JSON
    days = {
        key: date.fromisoformat(row[key]) for key in ("valid_from", "valid_until") if row.get(key)
    }
    return KnownAgency(
        row["code"],
        row["name_zh"],
        row["name_en"],
        row["topic"],
        tuple(row.get("aliases", ())),
        **days,
    )
