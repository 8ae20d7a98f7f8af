"""Indicators, indices, scores and units for machines."""

import pytest
from django.test import Client

from minben.indicators.models import StoredRun
from minben.indicators.queries.runs import computed
from tests.indicator_practice import INDEX, PLAIN, practised

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture(autouse=True)
def _data() -> None:
    practised()


def test_indicators_with_the_facets_of_the_page(client: Client) -> None:
    told = client.get(f"{API}/indicators?domain=risk").json()
    assert [one["code"] for one in told["items"]] == ["p-fraud", "p-gap"]
    assert told["items"][0]["source"]["open_terms"] is True
    one = client.get(f"{API}/indicators/p-access").json()
    assert one["breaks"] == [{"period": "2021", "note": {"zh": "改問法", "en": "New question"}}]


def test_observations_by_unit_and_period(client: Client) -> None:
    told = client.get(f"{API}/indicators/p-access/observations?unit=A&period=2021").json()
    (one,) = told["items"]
    assert (one["value"], one["n"], one["status"], one["place"]) == (24.0, 200, "A", "line 3")
    assert client.get(f"{API}/indicators/p-access/observations").json()["count"] == 24


def test_scores_are_those_of_the_run(client: Client) -> None:
    told = client.get(f"{API}/indices/{INDEX}/scores?unit=H&period=2023").json()
    by_code = {one["code"]: one for one in told["items"]}
    assert by_code["opportunities"]["withheld"] is True
    assert by_code["opportunities"]["score"] is None
    assert by_code["risks"]["missing"] == ["p-fraud", "p-gap"]
    every = client.get(f"{API}/indices/{INDEX}/scores").json()
    assert (every["count"], len(every["items"])) == (48, 48)


def test_an_index_with_recipe_and_run(client: Client) -> None:
    listed = {one["code"]: one for one in client.get(f"{API}/indices").json()}
    assert {INDEX, PLAIN} <= set(listed)
    one = client.get(f"{API}/indices/{INDEX}").json()
    assert one["recipe"]["normalise"] == {"method": "minmax"}
    assert one["run"]["periods"] == ["2019", "2021", "2023"]
    assert one["sources"][0]["code"] == "practice"


def test_units_and_where_they_stand(client: Client) -> None:
    assert client.get(f"{API}/units?kind=practice").json()["count"] == 8
    assert client.get(f"{API}/units?kind=planet").json()["count"] == 0
    told = client.get(f"{API}/units/B").json()
    assert {one["index"] for one in told["indices"]} == {INDEX, PLAIN}
    assert all(score["of"] for one in told["indices"] for score in one["scores"])


def test_a_source_with_its_files(client: Client) -> None:
    told = client.get(f"{API}/indicator-sources/practice").json()
    assert len(told["imports"][0]["files"][0]["sha256"]) == 64


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("indicators/none", 404),
        ("indicators/none/observations", 404),
        ("indices/none", 404),
        ("indices/none/scores", 404),
        ("units/none", 404),
        ("indicator-sources/none", 404),
        ("indicators?page=0", 422),
        ("indicators?page=999", 404),
        (f"indices/{INDEX}/scores?page=999", 404),
        ("indicators?q=" + "x" * 300, 422),
        ("units/" + "x" * 70, 422),
    ],
)
def test_what_is_not_there(client: Client, address: str, status: int) -> None:
    answer = client.get(f"{API}/{address}")
    assert answer.status_code == status
    assert answer.json()["status"] == status


def test_the_api_and_the_run_agree(client: Client) -> None:
    run = computed(StoredRun.objects.get(method__code=PLAIN).pk).run
    told = client.get(f"{API}/indices/{PLAIN}/scores").json()["items"]
    ranks = [one["rank"] for one in told]
    assert ranks == [None if rank != rank else rank for rank in run.rank["total"]]
