"""The page of a method is made from its document and its newest run."""

import re
from typing import Any

import pytest
from django.test import Client

from minben.indicators.actions.methods import ship_methods
from minben.indicators.shipped import shipped
from minben.indicators.telling.steps import steps
from minben.kernel.actor import SYSTEM
from tests.factories import DAY, DAY0
from tests.indicator_practice import INDEX, PLAIN, declared, plain_recipe, practised, wheel_recipe
from tests.web.indicators.test_explorer import body, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("recipe", list(shipped()), ids=lambda one: one.code)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_shipped_method_has_a_page(client: Client, recipe: Any, prefix: str) -> None:
    ship_methods(by=SYSTEM, at=DAY0)
    page = body(client, f"{prefix}/indicators/{recipe.code}/method/")
    assert recipe.id in page
    for one in recipe.indicators:
        assert f'<code class="small muted">{one.code}</code>' in page
    for one in recipe.overrides:
        assert one.reason in page.replace("&#x27;", "'")


@pytest.mark.parametrize("recipe", list(shipped()), ids=lambda one: one.code)
def test_every_step_is_told_also_those_left_out(recipe: Any) -> None:
    told = steps(recipe)
    assert len(told) == 8
    assert all(step.lines and all(step.lines) for step in told)


STEPS = (
    ({"coverage": 0.6}, "Below 60% of the indicators, by weight, a score is withheld."),
    ({"decimals": 1}, "Scores are rounded to 1 decimal, and so ranked."),
    ({"ties": "dense"}, "1, 2, 2, 3."),
    ({"missing": "zero"}, "the score is 0, as the publisher did"),
    ({"treat": {"most": 5}}, "up to 5 extreme values are drawn in"),
    ({"impute": {"method": "carry", "most": 2}}, "carried on for at most 2 periods"),
    ({"impute": {"method": "middle", "middle": "median"}}, "filled with the median of all units"),
    ({"normalise": {"method": "zscore"}}, "in standard deviations"),
    ({"normalise": {"method": "minmax", "over": "panel"}}, "The lowest unit of all periods gets 0"),
    ({"normalise": {"method": "goalposts", "low": 20, "high": 85}}, "20 gets 0 and 85 gets 1"),
    ({"aggregate": "geometric"}, "geometric mean"),
    ({"weights": "entropy"}, "weights by entropy"),
    ({"units": ["A", "B"]}, "2 listed units count."),
    ({"period": {"rule": "latest", "most_back": 3}}, "at most 3 older"),
)


@pytest.mark.parametrize(("more", "told"), STEPS)
def test_a_step_is_told_with_its_parameters(
    client: Client, more: dict[str, Any], told: str
) -> None:
    declared(plain_recipe(**more))
    assert told in text(body(client, f"/en/indicators/{PLAIN}/method/"))


def test_scales_and_changed_cells_of_the_newest_run(client: Client) -> None:
    practised()
    page = body(client, f"/en/indicators/{INDEX}/method/")
    scales = page.split("The scales of the newest run")[1]
    assert len(re.findall("<code>minmax</code>", scales)) == 5
    assert "withheld for lack of coverage" in page
    assert "The values are invented." in page


def test_versions_tell_what_changed(client: Client) -> None:
    declared(wheel_recipe())
    declared(wheel_recipe(coverage=0.8), at=DAY0 + DAY)
    page = body(client, f"/en/indicators/{INDEX}/method/")
    assert "Version 2" in page
    assert "1 change" in page
    assert "0.6 → 0.8" in page


def test_a_run_of_an_older_version_does_not_stand_for_the_newer(client: Client) -> None:
    practised()
    declared(wheel_recipe(coverage=0.8), at=DAY0 + DAY)
    page = body(client, f"/en/indicators/{INDEX}/method/")
    assert "This version has not been computed yet" in page
    assert "The scales of the newest run" not in page


@pytest.mark.parametrize("page", ["0", "x", "999999999999999999"])
def test_page_numbers_of_cells_never_break(client: Client, page: str) -> None:
    practised()
    body(client, f"/en/indicators/{INDEX}/method/?page={page}")


def test_the_recipe_is_handed_out_as_it_was_written(client: Client) -> None:
    made = declared(wheel_recipe())
    answer = client.get(f"/en/indicators/{INDEX}/recipe.json")
    assert answer.content.decode() == made.content
    assert client.get("/en/indicators/none/recipe.json").status_code == 404
    assert client.get("/en/indicators/none/method/").status_code == 404
