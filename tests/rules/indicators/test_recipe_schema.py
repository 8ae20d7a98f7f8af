"""The published schema of recipes and the reader say the same of every document."""

import copy
import json
from dataclasses import fields
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from minben.indicators.engine.faults import Faulty
from minben.indicators.engine.reading import KNOWN, LISTS, NAMES, TABLES, read
from minben.indicators.engine.recipe import canonical
from minben.indicators.shipped import schema_text, shipped
from tests.indicator_samples import recipe_of

# Of one value by itself. All other faults are of how parts belong together, which no schema tells.
SHAPE = {
    "unknown_format", "unknown_name", "name_missing", "wrong_kind", "unknown_choice",
    "not_a_table", "not_a_list", "range",
}  # fmt: skip
FULL: dict[str, Any] = recipe_of(
    title={"zh": "小", "en": "small"},
    source="nobody",
    licence="none",
    notes={"en": "n"},
    limits={"en": "l"},
    dimensions={"d": {"zh": "面", "en": "d"}},
    units={"label": "g", "equals": "yes"},
    period={"rule": "latest", "target": "2020", "most_back": 2},
    screen={"available": 0.5, "zeros": 0.9},
    impute={"method": "middle", "middle": "median", "group": "g", "most": 2},
    treat={"most": 5, "skewness": 2, "kurtosis": 3.5, "then_log": False},
    normalise={"method": "minmax", "over": "panel", "low_to": 1, "high_to": 7, "log": False},
    aggregate="arithmetic",
    weights="given",
    missing="skip",
    share={"low": 0, "high": 1},
    coverage=0.5,
    decimals=3,
    ties="dense",
    overrides=[{"unit": "A", "period": "", "code": "z", "value": 1, "reason": "r"}],
)
FULL["indicators"][0] |= {
    "weight": 0.5,
    "direction": -1,
    "denominator": "d",
    "normalise": {"method": "goalposts", "low": 0, "high": 1, "cap": True},
    "title": {"zh": "一"},
    "definition": {"en": "one"},
    "measure": {"en": "metres"},
    "unit": "m",
    "dimension": "d",
    "share": {"low": 0.1},
    "source": "s",
}
FULL["groups"][0] |= {"weight": 1, "aggregate": "mpi", "weights": "pca", "missing": "zero"}
VALUES: list[Any] = [
    None, True, False, 0, 1, -1, 2, 3.0, 0.5, 1e301, -1e301, 10**400, 1001, "", "x", "given", "bod",
    "mean", "a\nb", "ab\n", "é" * 60, "é" * 61, "t" * 4001, [], ["A"], ["A", "A"], ["A", 1], [["A"]],
    [{}], {}, {"zh": "x"}, {"zh": 1}, {"code": "x"}, {"label": "g", "equals": ""},
    {"low": 0.2, "high": 0.1}, {"method": "log"}, {"only": ["A"], "label": "g", "equals": "x"},
]  # fmt: skip
NAMED = ["weight", "weights", "weighing", "aggregation", "only", "extra", "title", "share", "code"]


@cache
def validator() -> Draft202012Validator:
    schema = json.loads(schema_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def reader_finds(document: object) -> set[str]:
    try:
        read(document)
    except Faulty as error:
        return {fault.code for fault in error.faults}
    return set()


def agree(document: object) -> None:
    schema = [error.message for error in validator().iter_errors(document)]
    found = reader_finds(document)
    refused = bool(found & SHAPE) or (found == {"code_twice"} and repeated_units(document))
    assert bool(schema) == refused, (document, schema, found)


def repeated_units(document: object) -> bool:
    """The same code twice in the list of units is a fault that the schema knows too."""
    units = document.get("units") if isinstance(document, dict) else None
    return isinstance(units, list) and len({str(one) for one in units}) < len(units)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document."""
    found = [path]
    if isinstance(value, dict | list):
        for name, one in value.items() if isinstance(value, dict) else enumerate(value):
            found += places(one, (*path, name))
    return found


PLACES = places(FULL)[1:]


def test_every_shipped_recipe_is_valid() -> None:
    for recipe in shipped():
        assert not list(validator().iter_errors(recipe.document)), recipe.code


def test_the_full_document_is_good_and_uses_every_name() -> None:
    assert reader_finds(FULL) == set()
    agree(FULL)
    assert set(FULL) == KNOWN
    schema = json.loads(schema_text())
    assert set(schema["properties"]) == KNOWN


def test_schema_and_types_have_the_same_names() -> None:
    schema = json.loads(schema_text())
    outside = {inner: outer for outer, inner in NAMES.items()}
    parts = schema["properties"] | {name: schema["$defs"][name[:-1]] for name in LISTS}
    for name, kind in (TABLES | LISTS).items():
        table = parts[name]
        while "$ref" in table:
            table = schema["$defs"][table["$ref"].rpartition("/")[2]]
        assert set(table["properties"]) == {outside.get(f.name, f.name) for f in fields(kind)}, name


def test_everything_is_described() -> None:
    schema = json.loads(schema_text())
    for name, part in schema["properties"].items():
        assert "title" in part or "$ref" in part, name
    for name, part in schema["$defs"].items():
        assert "title" in part, name
        for inner, one in part.get("properties", {}).items():
            assert "title" in one or "$ref" in one, (name, inner)


@pytest.mark.parametrize("number", range(len(VALUES)))
def test_values_at_places(number: int) -> None:
    """Each value at every fourth place: together every kind of place meets every kind of value."""
    value = VALUES[number]
    for path in PLACES[number % 4 :: 4]:
        document = copy.deepcopy(FULL)
        at = document
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value
        agree(document)


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_documents_changed_in_several_places(data: st.DataObject) -> None:
    document = copy.deepcopy(FULL)
    for _ in range(data.draw(st.integers(1, 4))):
        path = data.draw(st.sampled_from(places(document)[1:] or [("format",)]))
        at = document
        for step in path[:-1]:
            at = at[step]
        act = data.draw(st.sampled_from(["put", "drop", "add"]))
        if act == "put" or not isinstance(at, dict):
            at[path[-1]] = copy.deepcopy(data.draw(st.sampled_from(VALUES)))
        elif act == "drop":
            at.pop(path[-1], None)
        else:
            at[data.draw(st.sampled_from(NAMED))] = copy.deepcopy(
                data.draw(st.sampled_from(VALUES))
            )
    agree(document)


@pytest.mark.parametrize("document", [None, [], "x", 3, {}, {"format": "minben-recipe-1"}])
def test_what_is_no_recipe_at_all(document: object) -> None:
    agree(document)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_json_cannot_say_is_refused(value: float) -> None:
    document = copy.deepcopy(FULL)
    document["indicators"][0]["weight"] = value
    assert "wrong_kind" in reader_finds(document)
    with pytest.raises(ValueError):
        canonical(document)
