"""What all machine-readable answers share (開放資料介面): names in two languages, errors, pages."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import Promise
from ninja import Field, Schema
from pydantic import ConfigDict

from minben.kernel.periods import last_day

PAGE_MAX = 1_000_000


class Name(Schema):
    """A name in both languages; `en` is empty where there is none."""

    zh: str
    en: str = ""


class Fault(Schema):
    """One parameter that is to blame."""

    field: str
    message: str


class Problem(Schema):
    """An error, as every address answers it."""

    status: int
    code: str
    message: str
    errors: list[Fault] = []


class PageInfo(Schema):
    """Where in a list this answer stands. `next` and `previous` are addresses, or null."""

    count: int = Field(description="how many there are in all pages")
    page: int
    pages: int
    per_page: int
    next: str | None
    previous: str | None


class DayAndInstant(Schema):
    """The end of a term: the exclusive instant, and the last day in Taiwan before it."""

    model_config = ConfigDict(title="DayAndInstant")
    at: datetime
    last_day: date


class Trouble(Exception):
    """What a machine asked for can't be given.

    Args:
        code: stable code, such as ``not_found``.
        message: one sentence for whoever writes the program.
        field: the parameter to blame, if one is.
    """

    def __init__(self, status: HTTPStatus, code: str, message: str, field: str = "") -> None:
        super().__init__(code)
        self.status, self.code, self.message, self.field = status, code, message, field

    def problem(self) -> dict[str, Any]:  # Any: JSON
        """The answer's body."""
        faults = [{"field": self.field, "message": self.message}] if self.field else []
        return {
            "status": int(self.status),
            "code": self.code,
            "message": self.message,
            "errors": faults,
        }


def not_found(what: str) -> Trouble:
    """There is nothing public at this address."""
    return Trouble(HTTPStatus.NOT_FOUND, "not_found", f"There is no such {what}.")


def in_both(text: str | Promise) -> dict[str, str]:
    """A lazy sentence in both languages, as `Name`."""
    found = {}
    for key, code in (("zh", "zh-hant"), ("en", "en")):
        with translation.override(code):
            found[key] = str(text)
    return found


def end_of_term(due: datetime | None) -> dict[str, Any] | None:  # Any: JSON
    """An exclusive instant as `DayAndInstant`."""
    return None if due is None else {"at": due, "last_day": last_day(due)}


def page_info(request: HttpRequest, page: "Page[Any]", asked: int) -> dict[str, Any]:
    """`PageInfo` of a page. Raises Trouble when it was asked for a page there is none of."""
    pages = page.paginator.num_pages
    if asked > pages:
        message = f"There are {pages} pages, not {asked}."
        raise Trouble(HTTPStatus.NOT_FOUND, "no_such_page", message, "page")

    def address(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")

    return {
        "count": page.paginator.count,
        "page": page.number,
        "pages": pages,
        "per_page": page.paginator.per_page,
        "next": address(page.number + 1) if page.has_next() else None,
        "previous": address(page.number - 1) if page.has_previous() else None,
    }
