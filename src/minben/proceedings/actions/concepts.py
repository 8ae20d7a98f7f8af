"""Concept sheets (概念發展單): writing them for a group, and publishing those of a meeting."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from minben.audit.actions import record
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.meetings import queries as meetings
from minben.proceedings.models import Concept
from minben.proceedings.permissions import require_run
from minben.proceedings.rules import PRACTICE, bounded
from minben.proceedings.rules.concepts import GROUPS_MOST, LIMITS, SHEETS_MOST

if TYPE_CHECKING:
    from minben.meetings.models import Meeting


def _meeting(number: str, by: Actor) -> "Meeting":
    found = meetings.meeting(number)
    if found is None:
        raise Refusal("concept_gone")
    require_run(by, found)
    return found


def _fields(group: int, texts: Mapping[str, str]) -> dict[str, str | int]:
    if not 1 <= group <= GROUPS_MOST:
        raise Refusal("concept_group", field="group", most=GROUPS_MOST)
    checked = {
        name: bounded(texts.get(name, ""), name, most, least=least)
        for name, (least, most) in LIMITS.items()
    }
    return {"group": group, **checked}


@transaction.atomic
def write_concept(
    *, meeting_number: str, group: int, texts: Mapping[str, str], by: Actor, at: datetime
) -> Concept:
    """Begin a sheet for a group. `texts` by the names of `LIMITS`."""
    meeting = _meeting(meeting_number, by)
    fields = _fields(group, texts)
    if Concept.objects.filter(meeting=meeting).count() >= SHEETS_MOST:
        raise Refusal("concepts_full", most=SHEETS_MOST)
    made = Concept.objects.create(meeting=meeting, written_at=at, written_by=by.id, **fields)
    _tell("proceedings.concept_written", made, meeting.case_id, by, at)
    return made


def _locked(meeting: "Meeting", concept_id: int) -> Concept:
    rows = Concept.objects.select_for_update(of=("self",), no_key=True)
    found = rows.filter(pk=concept_id, meeting=meeting).first()
    if found is None:
        raise Refusal("concept_gone")
    if found.published_at:
        raise Refusal("concept_public", basis=PRACTICE)
    return found


@transaction.atomic
def rewrite_concept(
    *,
    meeting_number: str,
    concept_id: int,
    group: int,
    texts: Mapping[str, str],
    revision: int,
    by: Actor,
    at: datetime,
) -> Concept:
    """Change a sheet, unless somebody else did since `revision`, or it is public."""
    meeting = _meeting(meeting_number, by)
    made = _locked(meeting, concept_id)
    fields = _fields(group, texts)
    if made.revision != revision:
        raise Refusal("concept_changed", field="title")
    for name, value in fields.items():
        setattr(made, name, value)
    made.revision, made.written_at, made.written_by = revision + 1, at, by.id
    made.save()
    _tell("proceedings.concept_written", made, meeting.case_id, by, at)
    return made


@transaction.atomic
def remove_concept(*, meeting_number: str, concept_id: int, by: Actor, at: datetime) -> None:
    """Take away a sheet that is not public."""
    meeting = _meeting(meeting_number, by)
    made = _locked(meeting, concept_id)
    _tell("proceedings.concept_removed", made, meeting.case_id, by, at)
    made.delete()


@transaction.atomic
def publish_concepts(*, meeting_number: str, by: Actor, at: datetime) -> int:
    """Publish all sheets of a meeting that are not yet; returns how many."""
    meeting = _meeting(meeting_number, by)
    rows = Concept.objects.filter(meeting=meeting, published_at=None)
    sheets = rows.update(published_at=at, published_by=by.id)
    if not sheets:
        raise Refusal("concepts_none")
    record(
        "proceedings.concepts_published",
        by=by,
        at=at,
        subject=f"meeting:{meeting.pk}",
        case_id=meeting.case_id,
        data={"meeting": meeting.number, "sheets": sheets},
    )
    return sheets


def _tell(kind: str, made: Concept, case_id: int, by: Actor, at: datetime) -> None:
    record(
        kind,
        by=by,
        at=at,
        subject=f"concept:{made.pk}",
        case_id=case_id,
        data={"group": made.group},
    )
