"""What can be no text is answered with 400 and the reason, wherever it stands, before the database."""

import json

import pytest
from django.test import Client

from tests.web.base.strange import routes

NUL = "a%00b"
MONITORING = ("healthz", "readyz", "metrics")  # answered above, and keep nothing
FORM = "application/x-www-form-urlencoded"


def test_every_address_refuses_a_nul() -> None:
    """Without a database: the test would fail if one were asked."""
    client = Client()
    asked = [f"/{one}?q={NUL}" for one in routes() if one not in MONITORING]
    asked += [f"/{one.replace('<', NUL)}" for one in routes() if "<" in one]
    assert len(asked) > 500
    assert not [address for address in asked if client.get(address).status_code != 400]


@pytest.mark.parametrize(
    ("address", "told"),
    [(f"/cases/{NUL}/", "不是文字的字元"), (f"/en/proposals/?q={NUL}", "holds a character")],
)
def test_the_page_says_why_in_the_language_of_the_address(address: str, told: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert "default-src 'self'" in answer["Content-Security-Policy"]


def test_the_interface_says_why_as_json() -> None:
    answer = Client().get(f"/api/v1/agencies/{NUL}")
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (400, "*")
    problem = json.loads(answer.content)
    assert (problem["status"], problem["code"]) == (400, "illegible")


@pytest.mark.parametrize("field", [f"login={NUL}", f"{NUL}=1", "step=1&other=%00"])
def test_a_form_refuses_a_nul_before_anything_is_done(field: str) -> None:
    assert Client().post("/account/login/", field, content_type=FORM).status_code == 400


def test_a_form_with_files_refuses_it_too() -> None:
    assert Client().post("/account/login/", {"login": "a\x00b"}).status_code == 400


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "latin-1", "nonsense"])
def test_what_is_not_utf_8_is_refused(charset: str) -> None:
    """In UTF-7 and its like half of a surrogate pair can be written, which no database keeps."""
    answer = Client().get(
        "/proposals/?q=%2B2AA-", headers={"Content-Type": f"a/b; charset={charset}"}
    )
    assert answer.status_code == 400
    form = f"multipart/form-data; boundary=x; charset={charset}"
    assert Client().generic("POST", "/account/login/", b"--x--", form).status_code == 400


@pytest.mark.django_db
def test_a_cookie_with_a_nul_is_none() -> None:
    """A browser that keeps it would not get in any more if it were refused."""
    answer = Client().get("/my/", headers={"Cookie": r'sessionid="abcdefgh\000"; messages=x'})
    assert answer.status_code == 302
