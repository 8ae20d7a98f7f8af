"""What all pages of the desk share, and who sees which of them."""

from typing import Any, Final

from django.http import HttpResponse

from minben.base import staff
from minben.base.access import Request
from minben.base.staff import ANY_STAFF, PER_PAGE, UNPROCESSABLE, found, page_of, put_beside
from minben.kernel.actor import Role

__all__ = (
    "ANY_STAFF",
    "CHECKING",
    "HAVING_CASES",
    "PER_PAGE",
    "RESPONDING",
    "UNPROCESSABLE",
    "found",
    "page_of",
    "put_beside",
    "show",
)
CHECKING: Final = (Role.CHECKER, Role.ADMINISTRATOR)
RESPONDING: Final = (Role.OFFICER, Role.LEAD)
HAVING_CASES: Final = (*RESPONDING, Role.PARTICIPATION, *CHECKING)


def show(
    request: Request, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:  # Any: template context
    """Render a page of the desk; `template` is its name below ``desk/``."""
    return staff.show(request, f"desk/{template}", context, status)
