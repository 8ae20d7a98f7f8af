"""Pages of long lists (分頁): rows are shaped only for the page that is shown."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
T = TypeVar("T")


def paged(
    rows: QuerySet[M], number: str | int | None, size: int, shape: Callable[[M], T]
) -> "Page[Any]":  # Any: T; the stubs tie a page to its rows
    """The page of that number, each row shaped. Two queries.

    A number that is no number gives the first page, one too great the last.
    """
    page: Page[Any] = Paginator(rows, size).get_page(number)
    page.object_list = [shape(row) for row in page.object_list]
    return page
