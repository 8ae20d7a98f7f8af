"""Whatever is uploaded at the desk of indicators is answered, and nothing of it is kept unseen."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from minben.indicators.models import Indicator, Intake, Method
from minben.kernel.actor import Role
from tests.factories import DAY0
from tests.registry_scene import declared
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
DESK = "/en/desk/indicators/"
YUNLIN = f"{DESK}sources/yunlin-digital/"


@pytest.fixture
def admin(staff_client: Callable[..., SignedIn], at_instant: Callable[..., Any]) -> Any:
    client = staff_client(Role.ADMINISTRATOR)
    with at_instant(DAY0 + timedelta(hours=3)):
        yield client


def file(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def page(client: SignedIn, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return str(answer.content.decode())


NASTY = [
    b"",
    b"\0",
    b"\xff\xfe\0u",
    b"PK\x03\x04 broken",
    b"PK\x05\x06" + b"\0" * 18,
    b"{",
    b"[]",
    b"[1, 2]",
    b'{"class": "dataset"}',
    b'{"format": "minben-source-1"}',
    b'{"format": "minben-recipe-1", "code": "\\ud800"}',
    b"unit",
    b"unit,period,yl.online\n",
    b'unit,period,yl.online\n"',
    b"unit,period,yl.online,unit\n",
    ("unit,period,yl.online," + "x" * 300 + "\0\n口湖鄉,2024,1,甲\n").encode(),
    "unit,period,yl.online\n口湖鄉,2024,1e400\n".encode(),
    b"unit,period,yl.online\n=cmd|' /C calc'!A0,2024,1\n",
    b"unit,period,yl.online\n<script>alert(1)</script>,2024,<b>\n",
    "unit\tperiod\tyl.online\n口湖鄉\t２０２４\t８１\n".encode(),
]


@pytest.mark.parametrize("content", NASTY)
def test_whatever_is_uploaded_is_answered_and_never_a_fault_of_ours(
    admin: SignedIn, content: bytes
) -> None:
    declared()
    before = Intake.objects.count(), Indicator.objects.count(), Method.objects.count()
    for name in ("a.csv", "a.json"):
        answer = admin.post(f"{YUNLIN}import/", {"uploads": file(content, name)})
        assert answer.status_code in (302, 422)
        if answer.status_code == 302:
            for address in (answer["Location"], answer["Location"].removeprefix("/en")):
                shown = page(admin, address)
                assert "<script>alert" not in shown
        for path, field in (
            ("document/", "document"),
            ("sources/yunlin-digital/declare/", "sheet"),
            ("units/add/", "sheet"),
            ("methods/add/", "file"),
        ):
            given = {"owner": "platform", field: file(content, name)}
            assert admin.post(DESK + path, given).status_code == 422, path
    assert (Intake.objects.count(), Indicator.objects.count(), Method.objects.count()) == before
