"""What every page tells the browser not to do."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/en/proposals/", "/account/login/", "/no-such-page/"])
def test_pages_allow_no_foreign_and_no_inline_code(path: str) -> None:
    answer = Client().get(path)
    policy = {
        name: set(rest)
        for name, *rest in (part.split() for part in answer["Content-Security-Policy"].split(";"))
    }
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == {"'self'"}
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == {"'none'"}
    assert policy["form-action"] == {"'self'"}
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
