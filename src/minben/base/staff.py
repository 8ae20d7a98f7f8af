"""What all pages for staff share: navigation by role, paging, refusals beside their field.

A module declares its entries of the navigation in its ``staffing.py``; `BaseConfig.ready` finds
them. Pages stand in the frame of the desk (``desk/base.html``) whatever module they are of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.core.paginator import Page, Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise

from minben.base.access import Request
from minben.base.refusals import sentence, status_of
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal

T = TypeVar("T")
PER_PAGE: Final = 25
UNPROCESSABLE: Final = 422
ANY_STAFF: Final = tuple(Role)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the staff navigation.

    Args:
        name: of the URL.
        text: a word or two, lazy.
        icon: of the icon set.
        roles: whoever holds one of them sees it.
        order: smaller stands earlier.
    """

    name: str
    text: str | Promise
    icon: str
    roles: tuple[Role, ...]
    order: int = 500


_entries: dict[str, Entry] = {}
_lent: dict[str, Callable[[Request], object]] = {}


def register(*entries: Entry) -> None:
    """Declare entries; a name declared twice is a programming error."""
    for entry in entries:
        if _entries.setdefault(entry.name, entry) != entry:
            raise ValueError(f"staff entry registered twice: {entry.name}")


def lends(name: str, value: Callable[[Request], object]) -> None:
    """Declare a value every staff page gets in its context under `name`."""
    _lent[name] = value


def navigation(request: Request) -> list[dict[str, object]]:
    """The entries the reader's roles allow, in order."""
    rows = sorted(_entries.values(), key=lambda entry: entry.order)
    return [
        {"url": reverse(entry.name), "text": entry.text, "icon": entry.icon}
        for entry in rows
        if any(request.actor.has(role) for role in entry.roles)
    ]


def show(
    request: Request, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:  # Any: template context
    """Render a page for staff; `template` is its full name, such as ``demands/split.html``."""
    entries = navigation(request)
    here = max(
        (row["url"] for row in entries if request.path.startswith(str(row["url"]))),
        key=lambda url: len(str(url)),
        default="",
    )
    lent = {name: value(request) for name, value in _lent.items()}
    frame = {"desk_entries": entries, "desk_here": here, "actor": request.actor}
    return render(request, template, {**frame, **lent, **(context or {})}, status=status)


def found(thing: T | None) -> T:
    """`thing`, or the page for what does not exist."""
    if thing is None:
        raise Http404
    return thing


def page_of(request: Request, rows: Any, per_page: int = PER_PAGE) -> Page[Any]:
    """The page of `rows` (a queryset) the query asks for; nonsense is the first page.

    Any: querysets of different models have no common type that counts and slices.
    """
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


def put_beside(form: Form, refusal: Refusal) -> int:
    """Put a refusal's sentence beside its field, or above the form; returns the HTTP status."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, sentence(refusal))
    return status_of(refusal)


def tried(form: Form, act: Callable[[], object]) -> int:
    """Do it if the form is whole; returns the status to answer with, 200 if it was done."""
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        act()
    except Refusal as refusal:
        return put_beside(form, refusal)
    return 200
