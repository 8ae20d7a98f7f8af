"""The screen of a case (案件畫面): everything an officer needs of it, on one page."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from minben.base.access import Request, official
from minben.base.inbox import waiting
from minben.base.sections import Reader, Seen, sections_for
from minben.casework.permissions import may_answer
from minben.desk.dossier import Dossier, dossier_of
from minben.desk.views.pages import CHECKING, HAVING_CASES, RESPONDING, found, show
from minben.kernel.actor import Actor, Role
from minben.kernel.refusal import Refusal
from minben.kernel.text import whole_number

PAGE_MOST = 1000  # nobody turns so many pages; an offset of millions would only cost


@official(*HAVING_CASES)
@require_safe
def case(request: Request, number: str) -> HttpResponse:
    """The dossier and the sections of the modules; for whoever has a part in the case."""
    dossier = found(dossier_of(number, request.at, _page_asked(request)))
    if not dossier.has_part(request.actor) and not _is_waited_for(request, dossier.case.pk):
        raise Refusal("no_part_in_case")
    told = {"reminders": dossier.reminders}
    seen = Seen(dossier.case.pk, number, request.actor, request.at, told)
    context = {
        "dossier": dossier,
        "seen": seen,
        "sections": sections_for(Reader.STAFF, seen),
        "acts": _acts(dossier, request.actor),
    }
    return show(request, "case.html", context)


def _is_waited_for(request: Request, case_id: int) -> bool:
    """An agency asked to take a case over, or one of its demands, has a part before it is named."""
    return any(item.case_id == case_id for item in waiting(request.actor, request.at))


def _page_asked(request: Request) -> int:
    return min(whole_number(request.GET.get("page", "")) or 1, PAGE_MOST)


def _acts(dossier: Dossier, actor: Actor) -> list[tuple[str, object]]:
    """Where the reader can act or read on: names of pages, and their words."""
    checks = any(actor.has(role) for role in CHECKING)
    answers = may_answer(actor, dossier.case) and dossier.stage is not None
    administers = actor.has(Role.ADMINISTRATOR) and dossier.stage is not None
    lead = dossier.case.lead_id
    audits = actor.has(Role.ADMINISTRATOR) or (lead and actor.has(Role.LEAD, lead))
    running = dossier.state in ("checking", "endorsing", "reached")
    offices = any(actor.has(role) for role in (*RESPONDING, *CHECKING))
    offered = (
        ("desk:check", _("Check"), checks and dossier.state in ("checking", "hidden")),
        ("desk:response", _("Write the response"), answers and dossier.state == "reached"),
        ("desk:extend", _("More time for the answer"), answers and dossier.state == "reached"),
        ("desk:agencies", _("Name agencies"), administers and running),
        ("desk:record", _("Whole record"), audits),
        ("desk:case_receipts", _("Receipts of official acts"), offices and dossier.stage),
    )
    return [(name, words) for name, words, may in offered if may]
