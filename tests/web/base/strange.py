"""Addresses of the whole platform, filled with what nobody types (怪異的輸入)."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import quote
from uuid import UUID

import pytest
from django.http import QueryDict
from django.urls import URLPattern, URLResolver, get_resolver

LONG, DIGITS, HUGE = "a" * 3000, "9" * 5000, "9" * 30
TEXTS = {
    "control characters": "%01%0A%0D%7F",
    "half a surrogate": "%ED%A0%80",
    "not UTF-8": "%FF%C0%80",
    "long": LONG,
    "many digits": DIGITS,
    "digits that are none": quote("²٣"),
    "signs": quote("\u202e😀'\"<b>{{x}}\\%s"),
}
# What is asked beside the path is also taken for numbers, days and lists.
WORDS = TEXTS | {
    "more than a number": HUGE,
    "below zero": "-1",
    "no number": "nan",
    "endless": "1e999",
    "first day": "0001-01-01",
    "last day": "9999-12-31",
    "last instant": "9999-12-31T23:59:59.999999-23:59",
    "year": "99999-13",
}
ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
FILE = "^files/(?P<sha256>[0-9a-f]{64})/(?P<name>[^/]{1,120})$"


def routes(
    patterns: Sequence[URLPattern | URLResolver] | None = None, before: str = ""
) -> list[str]:
    """Every address of the tree, with its arguments as ``<kind:name>``."""
    found = []
    for one in get_resolver().url_patterns if patterns is None else patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            found += routes(one.url_patterns, here)
        else:
            found.append(f"files/{'0' * 64}/<str:name>" if here.endswith(FILE) else here)
    return found


def filled(route: str, text: str) -> str:
    """The address with that text wherever one goes; numbers and ids are nobody's.

    A slug takes letters only: what has others does not come so far, so it is a long one.
    """
    slug = text if re.fullmatch(r"\w+", text, re.ASCII) else LONG
    number = text if text.isdigit() else HUGE
    kinds = {"int": number, "uuid": str(UUID(int=2**128 - 1)), "slug": slug}
    return "/" + ARGUMENT.sub(lambda found: kinds.get(found[1], text), route)


@contextmanager
def overheard(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Which names are looked for in queries and forms meanwhile."""
    asked: set[str] = set()
    with monkeypatch.context() as patch:
        for way in ("__getitem__", "getlist", "__contains__", "get"):
            patch.setattr(QueryDict, way, _noting(getattr(QueryDict, way), asked))
        yield asked


def _noting(way: object, asked: set[str]) -> object:
    def ask(self: QueryDict, key: str, *rest: object, **more: object) -> object:
        asked.add(str(key))
        return way(self, key, *rest, **more)  # type: ignore[operator]

    return ask
