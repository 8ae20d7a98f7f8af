"""The OpenAPI description is committed, so that a change of the interface is seen in review.

Made anew by ``make openapi``, or with ``MINBEN_WRITE_OPENAPI=1`` by this very test.
"""

import json
import os

import pytest
from django.test import Client

from minben.config.api import api, urlpatterns
from tests.api.write_openapi import SNAPSHOT, described


def test_the_description_is_the_one_committed() -> None:
    if os.environ.get("MINBEN_WRITE_OPENAPI"):
        SNAPSHOT.write_text(described(), encoding="utf-8")
    assert json.loads(SNAPSHOT.read_text(encoding="utf-8")) == json.loads(described())


@pytest.mark.django_db
def test_it_is_served(client: Client) -> None:
    response = client.get("/api/v1/openapi.json")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.json() == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def test_it_only_reads() -> None:
    paths = api.get_openapi_schema()["paths"]
    assert {method for operations in paths.values() for method in operations} == {"get"}


def test_every_address_wears_an_access_mark() -> None:
    assert {pattern.callback.access_mark for pattern in urlpatterns} == {"public"}


def test_every_address_says_what_it_gives_and_how_it_fails() -> None:
    for path, operations in api.get_openapi_schema()["paths"].items():
        told = operations["get"]
        assert told["summary"], path
        assert told["description"], path
        if "{" in path:
            assert {"404", 404} & set(told["responses"]), path
