"""A copy of everything the platform holds about somebody (個人資料複本).

Basis: 個人資料保護法 §3 (inquiry, and a copy) and §10.
"""

from datetime import datetime
from typing import Any

from minben.answering import personal as answering
from minben.audit import personal as audit
from minben.demands import personal as demands
from minben.discussion import personal as discussion
from minben.kernel.actor import Actor
from minben.meetings import personal as meetings
from minben.notify import personal as notify
from minben.people import personal as people
from minben.proceedings import personal as proceedings
from minben.proposals.queries import personal as proposals


def everything_about(actor: Actor, at: datetime) -> dict[str, Any]:  # Any: JSON-ready values
    """All of it, by the part of the platform that holds it; each part lists its own rows."""
    person_id = actor.person_id or 0
    return {
        "made_at": at,
        "account": people.held_about(person_id),
        "proposals": proposals.held_about(person_id),
        "discussion": discussion.held_about(person_id),
        "answering": answering.held_about(person_id),
        "demands": demands.held_about(actor.id),
        "meetings": meetings.held_about(person_id),
        "proceedings": proceedings.held_about(person_id),
        "notify": notify.held_about(actor.id),
        "record": audit.held_about(actor.id),
    }
