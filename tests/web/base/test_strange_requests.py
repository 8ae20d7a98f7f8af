"""Nothing that can be written into an address or a query is an error of ours, on every database.

The tree of addresses is walked, and every page is overheard to learn which names it looks for, so
that new ones are tried without anybody thinking of it. Each gets one of the texts in turn;
MINBEN_STRANGE=all gives each all of them, which takes minutes.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from minben.casework.models import Case
from minben.config.api import api
from minben.kernel.actor import AGENCY_ROLES, SYSTEM, Actor, Grant, Role
from minben.meetings.models import Meeting
from minben.people import actions as people
from tests import a_life
from tests.factories import DAY, DAY0, actor, make_agency, make_person
from tests.indicator_practice import practised
from tests.web.base.strange import ARGUMENT, TEXTS, WORDS, filled, overheard, routes
from tests.web.conftest import SignedIn, sign_in

pytestmark = pytest.mark.django_db
At = Callable[[datetime], AbstractContextManager[None]]
ALL = os.environ.get("MINBEN_STRANGE") == "all"
NOT_ASKED = ("readyz", "stream")  # the one asks a folder of the host, the other never ends
_turns = count()


def with_every_role() -> SignedIn:
    """Somebody no page of the desk is closed to."""
    user, agency = make_person(), make_agency()
    grants = [Grant(role, agency.pk if role in AGENCY_ROLES else None) for role in Role]
    for one in grants:
        people.grant_role(
            user_id=user.pk, role=one.role, agency_id=one.agency_id, by=SYSTEM, at=DAY0
        )
    user.refresh_from_db()
    return sign_in(user, actor(user, *grants), strong=True)


def a_citizen() -> SignedIn:
    user = make_person()
    by: Actor = actor(user, strong=False)
    return sign_in(user, by, strong=False)


WHO: dict[str, Callable[[], Client]] = {
    "nobody": Client,
    "citizen": a_citizen,
    "staff": with_every_role,
}


@contextmanager
def as_if_nothing_were() -> Iterator[None]:
    """What a request does, or breaks, ends with it."""
    before = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(before)


def status(client: Client, address: str) -> int:
    """What is answered; an error is no exception, so that all are told at once."""
    client.raise_request_exception = False
    with as_if_nothing_were():
        return client.get(address).status_code


def some(words: dict[str, str]) -> dict[str, str]:
    """The next of the texts, in turn."""
    name = list(words)[next(_turns) % len(words)]
    return words if ALL else {name: words[name]}


@pytest.mark.parametrize("who", WHO)
def test_no_address_is_an_error(who: str, at_instant: At) -> None:
    client, faults, tried = WHO[who](), [], 0
    with at_instant(DAY0 + DAY):
        for route in routes():
            if not ARGUMENT.search(route) or (who != "staff" and route.startswith("desk/")):
                continue
            for what, text in some(TEXTS).items():
                tried += 1
                if status(client, filled(route, text)) >= 500:
                    faults.append(f"{route}: {what}")
    assert tried > 100
    assert faults == []


def lived(tmp_path: Path, settings: Any) -> dict[str, str]:
    """Something of every kind is there: where addresses begin → what may be named in them."""
    settings.MEDIA_ROOT = tmp_path
    life = a_life.live(Client(), make_person())
    practised()
    number, led = life.endorsed.case.number, Case.objects.exclude(lead=None).latest("pk").number
    found = {"proposals": number, "cases": led, "register": life.withheld.case.number}
    found |= {"codrafts": "1", "hidden": life.withheld.case.number, "agencies": "mof"}
    found |= {"meetings": Meeting.objects.latest("pk").number, "indices": "practice-wheel"}
    found |= {"list": "p-access", "units": "A", "sources": "practice", "rule-sets": "ey-2023"}
    return found | {"indicator-sources": "practice", "indicators": "practice-wheel"}


def real(route: str, known: dict[str, str]) -> str:
    """The route with what is there: what the nearest word before an argument says it is."""
    usual = {"kind": "csv", "form": "svg", "step": "subject", "index": "0"}

    def value(found: re.Match[str]) -> str:
        before = [word for word in route[: found.start()].split("/") if word in known]
        return usual.get(found[2]) or (known[before[-1]] if before else "1")

    return "/" + ARGUMENT.sub(value, route)


def names_asked(client: Client, known: dict[str, str], patch: pytest.MonkeyPatch) -> Any:
    """Of every page that opens: the names it looks for in its query."""
    out: dict[str, set[str]] = {}
    for route in routes():
        if route.startswith("api/") or route.endswith(NOT_ASKED):
            continue
        with overheard(patch) as asked:
            if status(client, address := real(route, known)) == 200 and asked:
                out[address] = set(asked)
    for path, way in api.get_openapi_schema()["paths"].items():
        names = {one["name"] for one in way["get"].get("parameters", []) if one["in"] == "query"}
        address = real(re.sub(r"{(\w+)}", r"<\1>", path).removeprefix("/"), known)
        if names and status(client, address) == 200:
            out[address] = names
    return out


def test_no_query_is_an_error(
    at_instant: At, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, faults = with_every_role(), []
    known = lived(tmp_path, settings)
    with at_instant(DAY0 + DAY):
        asked = names_asked(client, known, monkeypatch)
        for address, names in asked.items():
            for name in sorted(names):
                for what, text in some(WORDS).items():
                    if status(client, f"{address}?{name}={text}") >= 500:
                        faults.append(f"{address}?{name}: {what}")
    assert faults == []
    assert len(asked) > 50
    assert {"q", "page", "unit", "agency", "before"} <= set().union(*asked.values())
