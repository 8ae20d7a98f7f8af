"""Switches in the browser: the desk's page, what citizens see, and the platform that is only read."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from minben.kernel.actor import Role
from minben.operations import switches
from minben.operations.models import Switch
from minben.operations.queries import Stop
from minben.operations.rules import REASON_MAX, Service
from tests.factories import DAY0, accept_one, file_one
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import NOW

pytestmark = pytest.mark.django_db
FORM = {
    "act": "stop",
    "reason_zh": "名冊核對中",
    "reason_en": "Lists are checked",
    "confirmed": "on",
}
URL = "/desk/switches/signing/"


@pytest.fixture(autouse=True)
def _at_noon(at_instant: Callable[..., Any], settings: Any) -> Iterator[None]:
    settings.SWITCH_SECONDS = 0
    switches.know({}, seconds=0)
    with at_instant(NOW):
        yield
    switches.know({}, seconds=0)


@pytest.fixture
def admin(staff_client: Callable[..., SignedIn]) -> SignedIn:
    return staff_client(Role.ADMINISTRATOR)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_stopping_shows_everywhere_and_going_on_removes_it(admin: SignedIn) -> None:
    page = text(admin.get("/desk/switches/"))
    assert page.count("運作中") == len(Service)
    assert "從未停止過服務" in page
    assert "我要立即對所有人停止這項服務" in text(admin.get(URL))
    assert admin.post(URL, FORM)["Location"] == "/desk/switches/"
    page = text(admin.get("/desk/switches/"))
    assert page.count("已停止") >= 2, "its state and its history"
    assert admin.user.nickname in page
    for path, said in (("/", "目前暫停附議"), ("/en/", "Endorsing is stopped")):
        page = text(Client().get(path))
        assert said in page
        assert ("Lists are checked" if path == "/en/" else "名冊核對中") in page
    assert "我要立即恢復這項服務" in text(admin.get(URL))
    assert admin.post(URL, FORM | {"act": "go", "reason_zh": "核對完畢"}).status_code == 302
    assert "目前暫停附議" not in text(Client().get("/"))
    assert "核對完畢" in text(admin.get("/desk/switches/"))


def test_a_chinese_reason_is_marked_as_such_on_an_english_page(admin: SignedIn) -> None:
    admin.post(URL, FORM | {"reason_en": ""})
    assert '<span lang="zh-Hant">名冊核對中</span>' in text(Client().get("/en/"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason_zh": "  "}, "reason_zh"),
        ({"reason_zh": "字" * (REASON_MAX + 1)}, "reason_zh"),
        ({"reason_en": "x" * (REASON_MAX + 1)}, "reason_en"),
        ({"confirmed": ""}, "confirmed"),
    ],
)
def test_bad_input_is_told_beside_its_field(
    admin: SignedIn, changes: dict[str, str], field: str
) -> None:
    answer = admin.post(URL, FORM | changes)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in text(answer)
    assert "Lists are checked" in text(answer) or field == "reason_en"
    assert not Switch.objects.filter(stopped=True).exists()


def test_sending_a_form_twice_does_not_undo_it(admin: SignedIn) -> None:
    admin.post(URL, FORM)
    answer = admin.post(URL, FORM)
    assert answer.status_code == 409
    assert "已經有人這樣設定了" in text(answer)
    assert Switch.objects.get(service="signing").stopped


def test_an_unknown_switch_does_not_exist(admin: SignedIn) -> None:
    assert admin.get("/desk/switches/gravity/").status_code == 404


def test_others_may_not(
    staff_client: Callable[..., SignedIn], citizen_client: Callable[..., SignedIn]
) -> None:
    for client in (staff_client(Role.CHECKER), citizen_client()):
        assert client.get("/desk/switches/").status_code == 403
        assert client.post(URL, FORM).status_code == 403
    weak = staff_client(Role.ADMINISTRATOR, strong=False)
    assert "second-factor" in weak.post(URL, FORM)["Location"]
    assert not Switch.objects.exists()


def read_only() -> None:
    switches.know(
        {Service.EVERYTHING: Stop(Service.EVERYTHING, DAY0, "資料庫搬遷", "")}, seconds=3600
    )


def test_only_reading_says_so_and_since_when(citizen_client: Callable[..., SignedIn]) -> None:
    proposal = accept_one(file_one())
    client = citizen_client()
    read_only()
    for path in ("/propose/", f"/proposals/{proposal.case.number}/endorse/", "/account/profile/"):
        answer = client.post(path, {"reason": "我贊成"})
        assert (answer.status_code, answer["Retry-After"]) == (503, "60")
        assert "平臺目前只能瀏覽" in text(answer)
        assert "資料庫搬遷" in text(answer)
        assert "2026年3月2日" in text(answer)
    assert client.get(f"/proposals/{proposal.case.number}/").status_code == 200


def test_an_administrator_comes_in_and_lets_it_go_on(admin: SignedIn) -> None:
    admin.post("/desk/switches/read-only/", FORM)
    assert admin.post("/desk/roles/", {}).status_code == 503, "the desk does not write either"
    entering = Client().post("/account/login/", {"login": "nobody@example.org", "password": "x"})
    assert entering.status_code == 422, "answered by the form and not by the switch"
    assert Client().post("/account/signup/", {}).status_code == 503
    assert admin.post("/desk/switches/read-only/", FORM | {"act": "go"}).status_code == 302
    assert admin.post("/desk/roles/", {}).status_code == 422


def test_endorsing_that_is_stopped_is_refused_in_words(
    citizen_client: Callable[..., SignedIn], at_instant: Callable[..., Any]
) -> None:
    proposal = accept_one(file_one())
    client = citizen_client()
    switches.know({Service.SIGNING: Stop(Service.SIGNING, DAY0, "核對", "")}, seconds=3600)
    with at_instant(proposal.opens_at):
        answer = client.post(f"/proposals/{proposal.case.number}/endorse/", {"reason": "我贊成"})
    assert answer.status_code == 503
    assert "您這次的附議沒有計入" in text(answer)
    assert "我贊成" in text(answer), "what was typed is kept"
