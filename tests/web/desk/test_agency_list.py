"""Administrators keep the list of agencies on the desk."""

from collections.abc import Callable
from datetime import date

import pytest

from minben.kernel.actor import Role
from minben.people.models import Agency
from tests.factories import make_agency
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(staff_client: Callable[..., SignedIn]) -> SignedIn:
    make_agency("財政部", "mof")
    make_agency("環境部", "moenv")
    return staff_client(Role.ADMINISTRATOR)


def test_it_is_found_by_code_or_name(desk: SignedIn) -> None:
    for words in ("moenv", "環境"):
        html = desk.get("/desk/agencies/", {"q": words}).content.decode()
        assert "環境部" in html
        assert "財政部" not in html
    assert "查無機關" in desk.get("/desk/agencies/", {"q": "火星"}).content.decode()


def test_it_is_added(desk: SignedIn) -> None:
    typed = {"code": "moda", "government": "ey", "name_zh": "數位發展部", "parent": "mof"}
    assert desk.post("/desk/agencies/new/", typed).status_code == 302
    row = Agency.objects.get(code="moda")
    assert row.parent is not None
    assert (row.name_zh, row.parent.code) == ("數位發展部", "mof")


def test_it_is_changed_with_what_was_there_filled_in(desk: SignedIn) -> None:
    assert 'value="財政部"' in desk.get("/desk/agencies/mof/").content.decode()
    typed = {"name_zh": "財務部", "aliases": "財部、 度支部", "valid_from": "1999-01-01"}
    assert desk.post("/desk/agencies/mof/", typed).status_code == 302
    row = Agency.objects.get(code="mof")
    assert row.aliases == ["財部", "度支部", "財政部"]
    assert row.valid_from == date(1999, 1, 1)


def test_it_is_ended_with_its_successor(desk: SignedIn) -> None:
    typed = {"valid_until": "2026-12-31", "successor": "moenv"}
    assert desk.post("/desk/agencies/mof/end/", typed).status_code == 302
    row = Agency.objects.get(code="mof")
    assert row.successor is not None
    assert (row.valid_until, row.successor.code) == (date(2026, 12, 31), "moenv")


@pytest.mark.parametrize(
    ("path", "typed", "said"),
    [
        ("mof/", {"name_zh": "環境部"}, "名稱"),
        ("mof/", {"name_zh": "財政部", "parent": "nobody"}, "機關清單中沒有代碼「nobody」"),
        (
            "mof/end/",
            {"valid_until": "2026-12-31", "successor": "nobody"},
            "中央行政機關組織基準法",
        ),
        ("mof/end/", {"valid_until": "2026-12-31", "successor": "mof"}, "不得"),
        ("mof/end/", {"valid_until": "9999-12-31"}, "年份"),
        ("new/", {"code": "x", "government": "ey", "name_zh": "財政部"}, "名稱"),
    ],
)
def test_what_is_refused_stands_beside_its_field_and_stays_typed(
    desk: SignedIn, path: str, typed: dict[str, str], said: str
) -> None:
    before = list(Agency.objects.order_by("pk").values())
    answer = desk.post(f"/desk/agencies/{path}", typed)
    html = answer.content.decode()
    assert answer.status_code in (409, 422)
    assert said in html
    assert all(f'value="{value}"' in html for name, value in typed.items() if name != "government")
    assert list(Agency.objects.order_by("pk").values()) == before
