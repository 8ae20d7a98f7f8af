"""Pauses in the browser: looked at before they are declared, declared, cancelled, refused."""

from collections.abc import Callable
from typing import Any

import pytest

from minben.casework.models import Pause
from minben.kernel.actor import Role
from minben.kernel.periods import end_of, local_day, start_of
from minben.proposals.models import Proposal
from tests.factories import DAY, accept_one, file_one
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
TODAY = local_day(NOW)
URL = "/desk/pauses/declare/"


@pytest.fixture
def admin(staff_client: Callable[..., SignedIn]) -> SignedIn:
    return staff_client(Role.ADMINISTRATOR)


@pytest.fixture
def opened() -> Proposal:
    return accept_one(file_one())


def terms(proposal: Proposal, **changes: Any) -> dict[str, Any]:
    return {
        "jurisdiction": proposal.case.jurisdiction_id,
        "starts_on": (TODAY + 10 * DAY).isoformat(),
        "ends_on": (TODAY + 19 * DAY).isoformat(),
        "reason_zh": "全國性公民投票",
        "reason_en": "Referendum",
        "source": "中選會公告第一號",
    } | changes


def test_none_yet(admin: SignedIn) -> None:
    assert "還沒有公告過暫停" in admin.get("/desk/pauses/").content.decode()


def test_a_preview_counts_what_would_move_and_writes_nothing(
    admin: SignedIn, opened: Proposal
) -> None:
    accept_one(file_one(jurisdiction="taipei"))
    answer = admin.post(URL, terms(opened, act="preview"))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "有 1 件附議的截止日會順延" in page
    assert "停止提議與附議 10 天" in page
    assert "中選會公告第一號" in page
    assert not Pause.objects.exists()


def test_declaring_gives_the_days_back_and_cancelling_takes_them_away(
    admin: SignedIn, opened: Proposal
) -> None:
    before = opened.closes_at
    assert before is not None
    assert admin.post(URL, terms(opened, act="declare"))["Location"] == "/desk/pauses/"
    pause = Pause.objects.get()
    assert (pause.starts_at, pause.ends_at) == (
        start_of(TODAY + 10 * DAY),
        end_of(TODAY + 19 * DAY),
    )
    opened.refresh_from_db()
    assert opened.closes_at == before + 10 * DAY
    assert "全國性公民投票" in admin.get("/desk/pauses/").content.decode()
    assert "Referendum" in admin.get("/en/desk/pauses/").content.decode()
    page = admin.get(f"/desk/pauses/{pause.pk}/cancel/").content.decode()
    assert "有 1 件附議的截止日會提前" in page
    assert admin.post(f"/desk/pauses/{pause.pk}/cancel/").status_code == 302
    opened.refresh_from_db()
    assert opened.closes_at == before
    assert admin.post(f"/desk/pauses/{pause.pk}/cancel/").status_code == 409
    assert "已取消" in admin.get("/desk/pauses/").content.decode()


def test_cancelling_one_that_has_begun_keeps_the_days_that_passed(
    admin: SignedIn, opened: Proposal, at_instant: Callable[..., Any]
) -> None:
    before = opened.closes_at
    assert before is not None
    admin.post(URL, terms(opened, act="declare"))
    pause = Pause.objects.get()
    with at_instant(start_of(TODAY + 14 * DAY)):
        page = admin.get(f"/desk/pauses/{pause.pk}/cancel/").content.decode()
        assert "已經過的天數照樣補回" in page
        admin.post(f"/desk/pauses/{pause.pk}/cancel/")
    opened.refresh_from_db()
    assert opened.closes_at is not None
    assert 0 <= (opened.closes_at - before - 4 * DAY).total_seconds() < 60


@pytest.mark.parametrize("act", ["preview", "declare"])
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": "2026-03-20", "ends_on": "2026-03-19"}, "ends_on"),
        ({"starts_on": "2026-02-01", "ends_on": "2026-02-10"}, "ends_on"),
        ({"starts_on": "2026-04-01", "ends_on": "2027-04-01"}, "ends_on"),
        ({"starts_on": "2026-02-30"}, "starts_on"),
        ({"ends_on": "9999-12-31"}, "ends_on"),
        ({"starts_on": ""}, "starts_on"),
        ({"jurisdiction": "987654"}, "jurisdiction"),
        ({"jurisdiction": ""}, "jurisdiction"),
        ({"reason_zh": "  "}, "reason_zh"),
        ({"source": ""}, "source"),
        ({"reason_en": "x" * 201}, "reason_en"),
    ],
)
def test_bad_input_is_told_beside_its_field(
    admin: SignedIn, opened: Proposal, act: str, changes: dict[str, str], field: str
) -> None:
    answer = admin.post(URL, terms(opened, act=act, **changes))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    assert "正式公告" not in page
    assert changes.get("source", "中選會公告第一號") in page
    assert not Pause.objects.exists()
