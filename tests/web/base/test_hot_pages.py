"""Hot pages: made once, the same for every anonymous reader, and never anybody else's."""

import threading
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext

from minben.base import hot_pages, request_ids
from minben.kernel.actor import Role
from minben.people.models import AccountSession
from minben.proposals.models import Proposal
from tests.factories import DAY
from tests.repo.test_access_marks import ours
from tests.web.proposals.stages import OPEN, crowd, hidden_one, open_one

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
NOW = OPEN + DAY
PUBLIC = "public, max-age=1, stale-while-revalidate=10, stale-if-error=60"
PRIVATE = "private, no-store"


@pytest.fixture(autouse=True)
def _production(settings: Any) -> Iterator[None]:
    """As in production: no banner with a form on every page."""
    settings.SANDBOX = False
    hot_pages.forget_all()
    yield
    hot_pages.forget_all()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let seconds pass for the shelf."""
    passed = [0.0]
    real = hot_pages.monotonic
    monkeypatch.setattr(hot_pages, "monotonic", lambda: real() + passed[0])

    def wait(seconds: float) -> None:
        passed[0] += seconds

    return wait


def path_of(proposal: Proposal) -> str:
    return f"/proposals/{proposal.case.number}/"


def headers(answer: Any) -> dict[str, str]:  # Any: the test client's answer
    """Every header but the number each request gets for itself."""
    return {name: value for name, value in answer.items() if name != request_ids.HEADER}


class Renders:
    """How many templates were rendered inside the block."""

    def __enter__(self) -> "Renders":
        self.n = 0
        template_rendered.connect(self._count)
        return self

    def _count(self, **_: Any) -> None:
        self.n += 1

    def __exit__(self, *_: object) -> None:
        template_rendered.disconnect(self._count)


def pages(proposal: Proposal) -> list[str]:
    return ["/", "/en/", "/proposals/?q=路口", path_of(proposal), path_of(proposal) + "count.json"]


def test_the_second_reader_costs_no_query_and_no_rendering(at_instant: At) -> None:
    proposal = open_one()
    with at_instant(NOW):
        for path in pages(proposal):
            with CaptureQueriesContext(connection) as cold:
                first = Client().get(path)
            with CaptureQueriesContext(connection) as warm, Renders() as renders:
                second = Client().get(path)
            assert first.status_code == second.status_code == 200
            assert len(cold) >= 1
            assert len(warm) == renders.n == 0, path
            assert second.content == first.content
            assert headers(second) == headers(first)
    assert not AccountSession.objects.exists()


@pytest.mark.parametrize(
    ("path", "vary"),
    [
        ("{}", "Cookie"),
        ("{}count.json", None),
        ("/", "Cookie"),
        ("/proposals/", "HX-Request, Cookie"),
    ],
)
def test_validators_are_exact(at_instant: At, path: str, vary: str | None) -> None:
    proposal = open_one()
    path = path.format(path_of(proposal))
    with at_instant(NOW):
        for _ in range(2):
            answer = Client().get(path, headers={"Accept-Language": "en"})
            assert answer["Cache-Control"] == PUBLIC
            assert answer.get("Vary") == vary
            assert answer["ETag"].strip('W/"')
            assert not answer.cookies
        for policy in ("Content-Security-Policy", "X-Frame-Options", "Referrer-Policy"):
            assert answer[policy]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Language"] == "zh-hant"


def test_who_has_it_gets_304_and_head_gets_no_body(at_instant: At) -> None:
    proposal = open_one()
    with at_instant(NOW):
        for path in pages(proposal):
            whole = Client().get(path)
            has = {"If-None-Match": whole["ETag"]}
            warm = Client().get(path, headers=has)
            hot_pages.forget_all()
            cold = Client().get(path, headers=has)
            for answer in (warm, cold):
                assert answer.status_code == HTTPStatus.NOT_MODIFIED
                assert answer.content == b""
                assert answer["ETag"] == whole["ETag"]
                assert answer["Cache-Control"] == PUBLIC
                assert "Content-Type" not in answer
            assert headers(warm) == headers(cold)
            head = Client().head(path)
            assert head.status_code == 200
            assert head.content == b""
            assert headers(head) == headers(whole)


def test_head_alone_keeps_nothing_but_answers_the_same(at_instant: At) -> None:
    proposal = open_one()
    with at_instant(NOW):
        head = Client().head(path_of(proposal))
        assert len(hot_pages.shelf) == 0
        assert headers(head) == headers(Client().get(path_of(proposal)))


def test_two_languages_and_parts_of_pages_are_never_mixed(at_instant: At) -> None:
    proposal = open_one()
    with at_instant(NOW):
        for _ in range(2):
            for accept in ("en", "zh-TW"):
                zh = Client().get(path_of(proposal), headers={"Accept-Language": accept})
                en = Client().get("/en" + path_of(proposal), headers={"Accept-Language": accept})
                assert b'lang="zh-Hant-TW"' in zh.content
                assert b'lang="en"' in en.content
                assert (zh["Content-Language"], en["Content-Language"]) == ("zh-hant", "en")
            part = Client().get("/proposals/", headers={"HX-Request": "true"})
            whole = Client().get("/proposals/")
            assert b"<html" not in part.content
            assert b"<html" in whole.content
            found = Client().get("/proposals/?q=zzz-nothing-like-that").content
            assert proposal.subject.encode() in whole.content
            assert proposal.subject.encode() not in found


def test_scheme_and_host_are_part_of_what_is_kept(at_instant: At) -> None:
    proposal = open_one()
    with at_instant(NOW):
        Client().get(path_of(proposal))
        other = Client().get(path_of(proposal), headers={"Host": "localhost"})
        safe = Client().get(path_of(proposal), secure=True)
        stranger = Client().get(path_of(proposal), headers={"Host": "evil.example"})
    assert b"http://localhost/" in other.content
    assert b"https://testserver/" in safe.content
    assert stranger.status_code == HTTPStatus.BAD_REQUEST


def test_the_signed_in_get_their_own_and_leave_nothing(citizen_client: At, at_instant: At) -> None:
    proposal = open_one()
    with at_instant(NOW):
        signed_in = citizen_client()
        mine = signed_in.get(path_of(proposal))
        assert len(hot_pages.shelf) == 0
        anonymous = Client().get(path_of(proposal))
        again = signed_in.get(path_of(proposal))
    nickname = signed_in.user.nickname.encode()
    for answer in (mine, again):
        assert nickname in answer.content
        assert b"csrfmiddlewaretoken" in answer.content
        assert answer["Cache-Control"] == PRIVATE
        assert "Cookie" in answer["Vary"]
        assert "ETag" not in answer
    assert nickname not in anonymous.content
    assert b"csrfmiddlewaretoken" not in anonymous.content
    assert anonymous["Cache-Control"] == PUBLIC


def test_what_holds_for_all_is_kept_for_the_signed_in_too(
    citizen_client: At, at_instant: At
) -> None:
    proposal = open_one()
    with at_instant(NOW):
        path = path_of(proposal) + "count.json"
        first = citizen_client().get(path)
        with CaptureQueriesContext(connection) as queries:
            second = Client().get(path)
            third = citizen_client().get(path)
    assert not [q for q in queries if "proposals_proposal" in q["sql"]]
    assert headers(first) == headers(second) == headers(third)
    assert first.content == second.content == third.content


def test_a_message_or_credentials_make_a_reader_somebody(at_instant: At) -> None:
    proposal = open_one()
    with at_instant(NOW):
        Client().get(path_of(proposal))
        told = Client()
        told.cookies["messages"] = "anything"
        assert told.get(path_of(proposal))["Cache-Control"] == PRIVATE
        named = Client().get(path_of(proposal), headers={"Authorization": "Basic eA=="})
        assert named["Cache-Control"] == PRIVATE


def test_a_page_with_a_form_token_is_never_kept(at_instant: At, settings: Any) -> None:
    settings.SANDBOX = True  # the banner of the sandbox is a form
    proposal = open_one()
    with at_instant(NOW):
        for _ in range(2):
            answer = Client().get(path_of(proposal))
            assert b"csrfmiddlewaretoken" in answer.content
            assert answer["Cache-Control"] == PRIVATE
            assert len(hot_pages.shelf) == 0


def test_old_cookies_of_forms_do_not_matter(at_instant: At) -> None:
    proposal = open_one()
    with at_instant(NOW):
        visitor = Client()
        visitor.get("/account/login/")
        assert "csrftoken" in visitor.cookies
        first = visitor.get(path_of(proposal))
        with CaptureQueriesContext(connection) as queries:
            Client().get(path_of(proposal))
    assert first["Cache-Control"] == PUBLIC
    assert len(queries) == 0


def test_what_is_new_shows_after_a_second(at_instant: At, later: Callable[[float], None]) -> None:
    proposal = open_one()
    with at_instant(NOW):
        path = path_of(proposal) + "count.json"
        assert Client().get(path).json()["endorsed"] == 0
        crowd(proposal, 3)
        assert Client().get(path).json()["endorsed"] == 0
        later(1.1)
        assert Client().get(path).json()["endorsed"] == 3


def test_one_makes_it_anew_while_the_others_read_the_old(
    at_instant: At, later: Callable[[float], None]
) -> None:
    proposal = open_one()
    with at_instant(NOW):
        path = path_of(proposal)
        old = Client().get(path)
        later(1.1)
        key = next(iter(hot_pages.shelf._pages))
        assert hot_pages.shelf.lead(key) is None  # somebody is making it
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(path).content == old.content
        assert len(queries) == 0
        hot_pages.shelf.land(key)
        with CaptureQueriesContext(connection) as queries:
            Client().get(path)
        assert len(queries) > 0


def test_who_comes_while_the_first_is_being_made_waits_for_it(at_instant: At) -> None:
    proposal = open_one()
    with at_instant(NOW):
        first = Client().get(path_of(proposal))
        key, page = hot_pages.shelf._pages.popitem()
        assert hot_pages.shelf.lead(key) is None

        def land() -> None:
            page.made = page.fresh_until = float("inf")
            hot_pages.shelf.put(key, page, hot_pages.shelf.era)
            hot_pages.shelf.land(key)

        threading.Timer(0.2, land).start()
        with Renders() as renders:
            second = Client().get(path_of(proposal))
    assert renders.n == 0
    assert second.content == first.content
    assert headers(second) == headers(first)


def test_what_is_hidden_is_gone_at_once_when_made_anew(
    at_instant: At, later: Callable[[float], None]
) -> None:
    proposal = open_one()
    with at_instant(NOW):
        path = path_of(proposal)
        assert Client().get(path).status_code == 200
        Proposal.objects.filter(pk=proposal.pk).update(
            state="hidden", opens_at=None, closes_at=None
        )
        later(1.1)
        answer = Client().get(path)
        assert answer.status_code == HTTPStatus.FOUND
        assert answer["Cache-Control"] == PRIVATE
        assert len(hot_pages.shelf) == 0
        assert Client().get(path + "count.json").status_code == HTTPStatus.GONE


def test_what_is_not_there_is_not_kept(at_instant: At) -> None:
    with at_instant(NOW):
        for path in ("/proposals/2026-999999/", "/proposals/2026-999999/count.json"):
            for _ in range(2):
                answer = Client().get(path)
                assert answer.status_code == HTTPStatus.NOT_FOUND
                assert answer["Cache-Control"] == PRIVATE
        hidden = hidden_one()
        assert Client().get(path_of(hidden)).status_code == HTTPStatus.FOUND
        assert len(hot_pages.shelf) == 0


def test_while_the_database_is_away_the_last_page_stands(
    at_instant: At, later: Callable[[float], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = open_one()
    browser = Client(raise_request_exception=False)
    with at_instant(NOW):
        path = path_of(proposal)
        old = browser.get(path)
        asked = []

        def away(*_: Any) -> None:
            asked.append(1)
            raise OperationalError("away")

        monkeypatch.setattr("minben.proposals.views.showing.facts", away)
        later(1.1)
        for _ in range(3):
            assert browser.get(path).content == old.content
        assert len(asked) == 1  # not every reader asks a database that is away
        later(30)
        assert browser.get(path).status_code == 200
        later(31)
        assert browser.get(path).status_code == HTTPStatus.SERVICE_UNAVAILABLE


def test_forgetting_everything_shows_what_is_new(at_instant: At) -> None:
    proposal = open_one()
    with at_instant(NOW):
        path = path_of(proposal) + "count.json"
        Client().get(path)
        crowd(proposal, 2)
        hot_pages.forget_all()
        assert Client().get(path).json()["endorsed"] == 2


def test_a_moved_clock_has_pages_of_its_own(at_instant: At) -> None:
    proposal = open_one()
    with at_instant(NOW):
        early = Client().get(path_of(proposal))
    with at_instant(NOW + 100 * DAY):
        late = Client().get(path_of(proposal))
    assert b'data-stage="endorsing"' in early.content
    assert b'data-stage="endorsing"' not in late.content


def test_an_endorser_sees_the_own_act_at_once(citizen_client: At, at_instant: At) -> None:
    proposal = open_one()
    with at_instant(NOW):
        Client().get(path_of(proposal))
        signed_in = citizen_client()
        signed_in.post(path_of(proposal) + "endorse/", {"reason": ""})
        mine = signed_in.get(path_of(proposal))
        anonymous = Client().get(path_of(proposal))
    own = (path_of(proposal) + "endorsed/").encode()
    assert own in mine.content
    assert own not in anonymous.content


def test_large_and_streamed_answers_are_not_kept() -> None:
    rule = hot_pages.Rule(1, False)
    request: Any = type("R", (), {"META": {}})()
    assert hot_pages._page(request, HttpResponse(b"x"), rule) is not None
    assert hot_pages._page(request, HttpResponse(b"x" * (hot_pages.PAGE_MOST + 1)), rule) is None
    with_cookie = HttpResponse(b"x")
    with_cookie.set_cookie("a", "b")
    assert hot_pages._page(request, with_cookie, rule) is None


def test_only_public_views_are_kept() -> None:
    worn = {address: view for address, view in ours() if hasattr(view, "kept")}
    assert len(worn) >= 4
    assert {view.access_mark for view in worn.values()} == {"public"}  # type: ignore[attr-defined]
    for view in worn.values():
        assert hasattr(view.__wrapped__, "kept")  # type: ignore[attr-defined]  # just below


def test_the_checker_never_leaves_an_unchecked_proposal_behind(
    staff_client: At, at_instant: At
) -> None:
    proposal = open_one()
    with at_instant(NOW):
        checker = staff_client(Role.CHECKER)
        Proposal.objects.filter(pk=proposal.pk).update(
            state="checking", opens_at=None, closes_at=None
        )
        assert checker.get(path_of(proposal)).status_code == 200
        assert Client().get(path_of(proposal)).status_code == HTTPStatus.NOT_FOUND
