"""Every address wears exactly one access mark, outermost; the tree is walked."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.utils import translation

from minben.base import access
from minben.config.api import api

# Views of libraries that guard themselves: package → why.
LIBRARIES = {
    "allauth": "signing up and in: each view of it decides who may open it, and we test those pages",
}
OPEN_DATA = "api/v1/"  # for everybody and for reading only, which is tested below
MARKS = ("public", "citizen", "verified", "sandbox", "official:")
View = Callable[..., HttpResponse]


def addresses(
    patterns: Sequence[URLPattern | URLResolver], prefix: str = ""
) -> Iterator[tuple[str, View]]:
    """Every address of the tree with its view."""
    for one in patterns:
        here = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, here)
        else:
            yield here, one.callback


def layers(view: Any) -> Iterator[Any]:
    """A view and what it wraps, from the outside in."""
    while view is not None:
        yield view
        view = getattr(view, "__wrapped__", None)


def is_mark(layer: Any) -> bool:
    code = getattr(layer, "__code__", None)
    return code is not None and code.co_filename == access.__file__


def fault_of(view: View) -> str:
    """What is wrong with the mark of a view, or nothing."""
    worn = [layer for layer in layers(view) if is_mark(layer)]
    if not worn:
        return "naked"
    if len(worn) > 1:
        return "wears more than one mark"
    if not is_mark(view):
        return "the mark is not outermost"
    mark = getattr(view, "access_mark", "")
    return "" if mark.startswith(MARKS) else f"unknown mark {mark!r}"


def ours() -> list[tuple[str, View]]:
    """Addresses with views of our own."""
    with translation.override("zh-hant"):  # the language without a prefix
        found = list(addresses(get_resolver().url_patterns))
    return [
        (address, view)
        for address, view in found
        if getattr(view, "__module__", "").split(".")[0] not in LIBRARIES
        and not address.startswith(OPEN_DATA)
    ]


def test_every_address_wears_exactly_one_mark() -> None:
    found = {address: fault_of(view) for address, view in ours()}
    assert len(found) > 20
    assert not {address: fault for address, fault in found.items() if fault}


@pytest.mark.parametrize(("start", "mark"), [("desk/", "official:"), ("dev/", "sandbox")])
def test_the_desk_is_for_officials_and_the_sandbox_for_demos(start: str, mark: str) -> None:
    marks = {
        address: getattr(view, "access_mark", "")
        for address, view in ours()
        if address.startswith((start, f"^{start}"))
    }
    assert marks
    assert not {address: worn for address, worn in marks.items() if not worn.startswith(mark)}


def test_open_data_can_only_be_read() -> None:
    paths = api.get_openapi_schema()["paths"]
    methods = {method for operations in paths.values() for method in operations}
    assert paths
    assert methods == {"get"}


def test_planted_violations_are_found() -> None:
    def naked(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    def covered(request: HttpRequest) -> HttpResponse:
        return good(request)

    good = access.public(naked)
    covered.__wrapped__ = good  # type: ignore[attr-defined]
    views = [naked, good, access.citizen(good), covered]
    tree = [path(f"{n}/", view) for n, view in enumerate(views)]
    assert [fault_of(view) for _, view in addresses(tree)] == [
        "naked",
        "",
        "wears more than one mark",
        "the mark is not outermost",
    ]
