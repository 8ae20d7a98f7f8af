"""A database that is away gives a friendly page, wherever it is asked."""

import pytest
from django.db import OperationalError
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["session", "queries"])
def test_database_away(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError("connection refused: secret host name")

    client = Client(raise_request_exception=False)
    if where == "session":
        monkeypatch.setattr("minben.people.sessions.SessionStore.load", away)
        client.cookies["sessionid"] = "a" * 32
        path = "/my/"
    else:
        monkeypatch.setattr("django.db.models.query.QuerySet._fetch_all", away)
        path = "/proposals/"
    answer = client.get(path)
    text = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "secret host name" not in text
    assert "Traceback" not in text
