"""What the pages of this module share: the case, and who may see the page."""

from typing import TYPE_CHECKING, Any, Final

from django.http import Http404

from minben.answering.actions.holding import has_reached
from minben.answering.rules import PLAN_BASIS
from minben.base.access import Request
from minben.base.staff import found
from minben.casework.about import About, about_one
from minben.casework.permissions import may_answer
from minben.casework.queries.dossier import case_numbered
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal

if TYPE_CHECKING:
    from minben.casework.models import Case

RESPONDING: Final = (Role.OFFICER, Role.LEAD)


def own_case(request: Request, number: str) -> "tuple[Case, About]":
    """A case that reached, for the people of the agencies that lead it. Four queries.

    Raises:
        Http404: there is none.
        Refusal: ``not_lead_agency``, ``case_not_reached``.
    """
    case = found(case_numbered(number))
    if not may_answer(request.actor, case):
        raise Refusal("not_lead_agency")
    if not has_reached(case):
        raise Refusal("case_not_reached", basis=PLAN_BASIS)
    return case, about_one(case.pk)


def public_case(number: str) -> "tuple[Case, About]":
    """A case that everybody may see; any other does not exist. Three queries at most."""
    case = found(case_numbered(number))
    about = about_one(case.pk)
    if not about.public:
        raise Http404
    return case, about


def context_of(case: "Case", about: About, **more: Any) -> dict[str, Any]:  # Any: template context
    """What every template of this module gets."""
    return {"the_case": case, "about": about, **more}
