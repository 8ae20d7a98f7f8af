"""Sheets on the two pages of a case, and wall, concepts and transcript on those of a meeting."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from minben.base.sections import Reader, Section, Seen, register
from minben.kernel.actor import Actor
from minben.meetings import blocks
from minben.meetings.blocks import Block
from minben.proceedings.queries import concepts, questions, transcripts, worksheets
from minben.proceedings.rules import SheetKind
from minben.proceedings.rules.questions import wall_fault

if TYPE_CHECKING:
    from minben.meetings.models import Meeting

Context = Mapping[str, Any]  # Any: template context


def _sheets(seen: Seen) -> Context:
    """Both sheets, begun or not. One query."""
    found = worksheets.sheets_of(seen.case_id)
    return {"rows": [(kind.value, found.get(kind)) for kind in SheetKind]}


def _public_sheets(seen: Seen) -> Context | None:
    """The published sheets; no section before there is one. One query."""
    found = worksheets.sheets_of(seen.case_id)
    rows = [(kind, row) for kind, row in found.items() if row["version"] is not None]
    return {"rows": rows} if rows else None


def _wall(meeting: "Meeting", actor: Actor, at: datetime) -> Context | None:
    """How many questions wait, for an announced meeting. One query."""
    if not meeting.is_public or meeting.ends_at is None:
        return None
    over = meeting.state != "announced"
    fault = wall_fault(announced=True, over=over, ends_at=meeting.ends_at, at=at)
    counts = questions.counts(meeting.pk)
    if fault and not counts:
        return None
    return {"counts": counts, "open": not fault, "asked": sum(counts.values())}


def _concepts(meeting: "Meeting", actor: Actor, at: datetime) -> Context | None:
    """The titles of the published sheets. One query."""
    rows = concepts.concepts_of(meeting.pk, public=True)
    return {"rows": rows} if rows else None


def _staff_concepts(meeting: "Meeting", actor: Actor, at: datetime) -> Context:
    """All sheets. One query."""
    return {"rows": concepts.concepts_of(meeting.pk, public=False)}


def _transcript(meeting: "Meeting", actor: Actor, at: datetime) -> Context | None:
    """The transcript, or until when it is being checked. One query."""
    found = transcripts.standing_of([meeting.pk]).get(meeting.pk)
    return {"found": found} if found and found.due_at else None


def _staff_transcript(meeting: "Meeting", actor: Actor, at: datetime) -> Context | None:
    """How far the transcript is, from the beginning of the meeting on. One query."""
    if meeting.starts_at is None or at < meeting.starts_at:
        return None
    found = transcripts.standing_of([meeting.pk]).get(meeting.pk)
    return {"found": found, "over": bool(found and found.due_at and found.due_at <= at)}


register(
    Section(
        "sheets",
        _("Issue map and stakeholders"),
        350,
        Reader.STAFF,
        "proceedings/sections/staff_sheets.html",
        _sheets,
    ),
    Section(
        "sheets",
        _("Issue map and stakeholders"),
        350,
        Reader.PUBLIC,
        "proceedings/sections/sheets.html",
        _public_sheets,
    ),
)
blocks.register(
    *(
        Block(code, title, order, reader, f"proceedings/sections/{template}.html", load)
        for code, title, order, reader, template, load in (
            ("questions", _("Question wall"), 550, Reader.PUBLIC, "wall", _wall),
            ("questions", _("Question wall"), 550, Reader.STAFF, "staff_wall", _wall),
            ("concepts", _("Concept sheets"), 750, Reader.PUBLIC, "concepts", _concepts),
            ("concepts", _("Concept sheets"), 750, Reader.STAFF, "staff_concepts", _staff_concepts),
            ("transcript", _("Transcript"), 850, Reader.PUBLIC, "transcript", _transcript),
            (
                "transcript",
                _("Transcript"),
                850,
                Reader.STAFF,
                "staff_transcript",
                _staff_transcript,
            ),
        )
    )
)
