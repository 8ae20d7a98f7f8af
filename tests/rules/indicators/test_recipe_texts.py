"""What a page tells of a shipped method is in its document, in both languages."""

from collections.abc import Iterator, Mapping
from itertools import chain

import pytest

from minben.indicators.engine.recipe import Recipe
from minben.indicators.shipped import find, shipped

RECIPES = list(shipped())


def han(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def texts(recipe: Recipe) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every text of a recipe that has two languages, and where it stands."""
    for name in ("title", "notes", "limits"):
        yield name, recipe.document.get(name, {})
    yield from recipe.document.get("dimensions", {}).items()
    for one in chain(recipe.indicators, recipe.groups):
        yield f"title of {one.code}", one.title
        yield f"definition of {one.code}", one.definition
    for indicator in recipe.indicators:
        yield f"measure of {indicator.code}", indicator.measure


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.code)
def test_every_text_is_there_in_chinese_and_english(recipe: Recipe) -> None:
    for where, told in texts(recipe):
        assert set(told) == {"zh", "en"}, where
        assert told["zh"].strip(), where
        assert told["en"].strip(), where
        assert not han(told["en"]), where
        if not where.startswith("measure"):
            assert han(told["zh"]), where
    assert recipe.document["source"]


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.code)
def test_no_definition_only_repeats_its_title(recipe: Recipe) -> None:
    for one in chain(recipe.indicators, recipe.groups):
        for language in ("zh", "en"):
            assert one.definition[language].rstrip(".。") != one.title[language], one.code


def test_where_less_is_better_the_definition_says_so() -> None:
    for one in find("asem-2018").indicators:
        if one.direction < 0:
            assert "less is better" in one.definition["en"] or "fewer are" in one.definition["en"]
    for one in find("oecd-dwb-2019").indicators:
        assert ("more is worse" in one.definition["en"]) == (one.parent == "risks"), one.code


def test_codes_of_recipes_are_unique_and_named_as_their_files() -> None:
    codes = [recipe.code for recipe in RECIPES]
    assert codes == sorted(set(codes))
    for code in codes:
        assert find(code).code == code
