"""The shortcuts of the desk (鍵盤快速鍵), and the switch that turns single keys off."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from minben.base.access import Request, official
from minben.desk.views.pages import ANY_STAFF, show

KEYS = (
    (("g", "i"), _("To what waits for me")),
    (("g", "c"), _("To the cases")),
    (("j",), _("To the next row of a list")),
    (("k",), _("To the row before")),
    (("o",), _("Open the row")),
    (("x",), _("Select the row, or take that back")),
    (("/",), _("To the search field")),
    (("?",), _("To this page")),
)


@official(*ANY_STAFF)
@require_safe
def keys(request: Request) -> HttpResponse:
    """Which key does what. No query of its own."""
    return show(request, "keys.html", {"keys": KEYS})
