"""The list and its like for machines: same filters as the page, pages, figures, errors as JSON."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories import DAY, make_agency
from tests.many import make_many
from tests.web.proposals.stages import OPEN, hidden_one, open_one

pytestmark = pytest.mark.django_db
At = Callable[..., Any]
LIST = "/api/v1/proposals"


def test_the_list_has_the_filters_of_the_page(client: Client) -> None:
    make_many(12, agencies=(make_agency(),))
    hidden_one()
    told = client.get(f"{LIST}?topic=health&county=高雄市&agency=mof&q=行人號誌").json()
    assert told["count"] == len(told["items"]) == 2
    assert {item["topic"] for item in told["items"]} == {"health"}
    assert {item["county"] for item in told["items"]} == {"高雄市"}
    assert client.get(LIST).json()["count"] == 12


def test_stages_facets_and_dates(client: Client) -> None:
    make_many(4)
    told = client.get(f"{LIST}?stage=reached&stage=overdue").json()
    item = told["items"][0]
    assert item["stage"] in ("reached", "overdue")
    assert item["response_due"]["last_day"] < item["response_due"]["at"]
    assert item["url"].endswith(f"/proposals/{item['number']}/")
    assert item["next"]["step"] == "response"
    by_code = {value["code"]: value for value in told["facets"]["stage"]}
    assert by_code["answered"] == {
        "code": "answered",
        "name": {"zh": "已回應", "en": "Answered"},
        "n": 1,
    }


def test_pages(client: Client) -> None:
    make_many(45)
    first = client.get(f"{LIST}?per_page=20&sort=endorsed").json()
    assert (first["count"], first["pages"], first["page"], len(first["items"])) == (45, 3, 1, 20)
    assert first["previous"] is None
    last = client.get(f"{LIST}?per_page=20&sort=endorsed&page=3").json()
    assert (len(last["items"]), last["next"]) == (5, None)
    assert client.get(first["next"]).json()["page"] == 2


@pytest.mark.parametrize(
    ("query", "status", "code", "field"),
    [
        ("?page=abc", 422, "invalid", "page"),
        ("?page=0", 422, "invalid", "page"),
        ("?page=99999", 404, "no_such_page", "page"),
        ("?page=" + "9" * 50, 422, "invalid", "page"),
        ("?per_page=101", 422, "invalid", "per_page"),
        ("?stage=nonsense", 422, "invalid", None),
        ("?stage=hidden", 422, "unknown_value", None),
        ("?agency=nobody", 422, "unknown_value", None),
        ("?topic=x", 422, "unknown_value", None),
        ("?sort=up", 422, "invalid", "sort"),
        ("?q=" + "長" * 101, 422, "invalid", "q"),
    ],
)
def test_errors_are_json_with_code_and_message(
    client: Client, query: str, status: int, code: str, field: str | None
) -> None:
    response = client.get(f"{LIST}{query}")
    assert response.status_code == status
    problem = response.json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["message"]
    if field:
        assert field in {fault["field"] for fault in problem["errors"]}
    assert response["Cache-Control"] == "no-store"


def test_whatever_else_is_asked_for_is_not_found_as_json(client: Client) -> None:
    for path in ("/api/v1/", "/api/v1/nonsense", "/api/v1/proposals/2026-999999", "/api/v1/docs"):
        response = client.get(path)
        assert response.status_code == 404
        assert response["Content-Type"].startswith("application/json")
        assert response.json()["code"] == "not_found"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client: Client, method: str) -> None:
    assert getattr(client, method)(LIST).status_code == 405


def test_figures_agree_with_the_first_page(client: Client, at_instant: At) -> None:
    make_many(8)
    with at_instant(OPEN + 90 * DAY):
        told = client.get("/api/v1/figures").json()
    assert (told["proposals"], told["reached"], told["answered"]) == (8, 4, 2)
    assert (told["answers_due"], told["in_time"], told["in_time_percent"]) == (4, 2, 50)
    assert told["source"]
    assert told["asof"].startswith("2026-06-02")


def test_answers_may_be_kept_and_read_from_anywhere(client: Client) -> None:
    open_one()
    response = client.get(f"{LIST}?sort=endorsed")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in response.get("Vary", "")
    again = client.get(f"{LIST}?sort=endorsed", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    open_one()
    changed = client.get(f"{LIST}?sort=endorsed", headers={"If-None-Match": response["ETag"]})
    assert changed.status_code == 200


def test_rules_places_and_the_platform(client: Client) -> None:
    make_agency()
    rules = {row["code"]: row for row in client.get("/api/v1/rule-sets").json()}
    assert rules["taipei-join-2018"]["threshold"] == 1500
    assert rules["tw-join-2018"]["terms"]["response"]["unit"] == "month"
    assert client.get("/api/v1/rule-sets/tw-join-2018").json() == rules["tw-join-2018"]
    assert client.get("/api/v1/rule-sets/nonsense").status_code == 404
    assert client.get("/api/v1/governments").json()[0]["code"] == "ey"
    assert client.get("/api/v1/agencies?government=ey").json()[0]["code"] == "mof"
    assert client.get("/api/v1/agencies?government=taipei").json() == []
    assert client.get("/api/v1/counties").json()[0]["name"] == {"zh": "臺北市", "en": "Taipei City"}
    topics = {row["code"]: row["name"]["en"] for row in client.get("/api/v1/topics").json()}
    assert topics["health"] == "Health"
    assert client.get("/api/v1/stages").json()[0]["code"] == "endorsing"
    platform = client.get("/api/v1/platform").json()
    assert (platform["licence"], platform["sandbox"]) == ("EUPL-1.2", True)
