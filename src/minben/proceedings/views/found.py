"""What every page of proceedings looks up first: its case or meeting, and who may see it."""

from typing import TYPE_CHECKING

from django.http import Http404

from minben.base.access import Request
from minben.casework.about import About, about_one
from minben.casework.queries.dossier import case_numbered
from minben.kernel.refusal import Refusal
from minben.meetings import queries as meetings
from minben.proceedings.permissions import may_draw
from minben.proceedings.rules import PRACTICE

if TYPE_CHECKING:
    from minben.casework.models import Case
    from minben.meetings.models import Meeting


def public_case(number: str) -> tuple["Case", About]:
    """A case everybody may read about; 404 otherwise. Two queries or three."""
    case = case_numbered(number)
    if case is None:
        raise Http404
    told = about_one(case.pk)
    if not told.public:
        raise Http404
    return case, told


def drawn_case(request: Request, number: str) -> tuple["Case", About]:
    """A case whose sheets the reader may draw. Refuses others."""
    case = case_numbered(number)
    if case is None:
        raise Http404
    if not may_draw(request.actor, case.pk):
        raise Refusal("not_agency_of_case", basis=PRACTICE)
    return case, about_one(case.pk)


def public_meeting(number: str) -> "Meeting":
    """An announced meeting; 404 otherwise. One query."""
    found = meetings.meeting(number)
    if found is None or not found.is_public:
        raise Http404
    return found


def run_meeting(request: Request, number: str) -> "Meeting":
    """A meeting the reader may run. Refuses others. One query."""
    found = meetings.meeting(number)
    if found is None:
        raise Http404
    if not meetings.may_run(request.actor, found):
        raise Refusal("not_running_meeting", basis=PRACTICE)
    return found
