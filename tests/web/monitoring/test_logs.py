"""The log: one object a line, one number for each request, and nobody in it."""

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from minben.base import request_ids
from minben.base.logs import JsonLines, struck
from tests.factories import PASSWORD
from tests.web.conftest import SignedIn


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Everything the whole platform logs, as its JSON lines."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root, access = logging.getLogger(), logging.getLogger("minben.access")
    before = (root.level, access.level)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    access.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before[0])
    access.setLevel(before[1])


Lines = Callable[[], list[dict[str, Any]]]


def test_a_number_of_our_own_stands_in_every_answer() -> None:
    first, second = (Client().get("/healthz-not/")["X-Request-ID"] for _ in range(2))
    assert first != second
    assert len(first) == 16


def test_a_number_sent_along_is_believed_only_behind_a_proxy_of_ours(settings: Any) -> None:
    sent = {"HTTP_X_REQUEST_ID": "edge-0123456789"}
    assert Client().get("/no/", **sent)["X-Request-ID"] != "edge-0123456789"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert Client().get("/no/", **sent)["X-Request-ID"] == "edge-0123456789"
    for bad in ("short", "x" * 65, "two words here", 'a"},{"b":"cccc'):
        assert Client().get("/no/", HTTP_X_REQUEST_ID=bad)["X-Request-ID"] != bad


def test_the_page_of_an_error_shows_the_number_of_its_line(
    lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ValueError("王小明 <ming@example.org> 0912345678")

    monkeypatch.setattr("minben.people.middleware.actor_of", broken)
    answer = Client(raise_request_exception=False).get("/my/?q=ming@example.org")
    assert answer.status_code == 500
    number = answer["X-Request-ID"]
    assert number in answer.content.decode()
    told = [line for line in lines() if line["level"] == "ERROR"]
    assert told[-1]["request_id"] == number
    assert told[-1]["error"] == "ValueError"
    assert any("broken" in place for place in told[-1]["trace"])
    assert "王小明" not in json.dumps(told, ensure_ascii=False)
    assert request_ids.current() == "", "the thread goes on to another request"


@pytest.mark.django_db
def test_nobody_is_in_the_log(
    lines: Lines, citizen_client: Callable[..., SignedIn], settings: Any
) -> None:
    settings.LOG_ACCESS = True
    client = citizen_client()
    user = client.user
    Client().post("/account/login/", {"login": user.email, "password": PASSWORD})
    Client().post("/account/login/", {"login": str(user.phone), "password": "wrong"})
    Client().get(f"/no/such/{user.email}/?q={user.email}")
    Client().get(f"/no/such/{user.phone}/")
    client.get("/my/")
    client.post("/account/profile/", {"nickname": user.nickname + "二", "county": "x"})
    whole = json.dumps(lines(), ensure_ascii=False)
    assert "Not Found: /no/such/[address]/" in whole
    assert "portal:my" in whole
    for secret in (
        user.email,
        str(user.phone),
        user.nickname,
        PASSWORD,
        client.session.session_key,
    ):
        assert str(secret) not in whole


@pytest.mark.django_db
def test_a_line_a_request_if_asked_for_and_never_of_the_counter(
    lines: Lines, settings: Any
) -> None:
    Client().get("/about/")
    assert not [line for line in lines() if line["logger"] == "minben.access"]
    settings.LOG_ACCESS = True
    Client().get("/about/")
    Client().get("/proposals/2026-000001/count.json")
    told = [line for line in lines() if line["logger"] == "minben.access"]
    assert [line["view"] for line in told] == ["portal:about"]
    assert (told[0]["method"], told[0]["status"]) == ("GET", 200)
    assert told[0]["ms"] >= 0


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("mail to a.b+c@mail.example.org failed", "mail to [address] failed"),
        ("/x/a%40mail.example.org/", "/x/[address]/"),
        ("call 0912-345-678 or +886912345678", "call [number] or [number]"),
        ("GET /p/?q=abc HTTP", "GET /p/?… HTTP"),
        ("duplicate key\nDETAIL:  Key (nickname)=(王小明) exists.", "duplicate key"),
        ("case 2026-000123 took 0912 ms", "case 2026-000123 took 0912 ms"),
    ],
)
def test_what_is_struck_out(said: str, left: str) -> None:
    assert struck(said) == left


def test_a_line_holds_only_named_fields() -> None:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "row %s", ("person:1",), None)
    record.request = "<WSGIRequest: GET '/?q=ming'>"
    record.status_code = 500
    try:
        raise KeyError("王小明")
    except KeyError:
        record.exc_info = sys.exc_info()
    told = json.loads(JsonLines().format(record))
    assert set(told) == {"at", "level", "logger", "message", "status_code", "error", "trace"}
    assert told["message"] == "row person:1"
