"""Reading a rule-set document: the shipped ones are whole, and any damage is named."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.casework.rules import (
    Ground,
    RuleSetFault,
    parse_document,
    parse_parameters,
)
from minben.casework.shipped import documents
from minben.kernel.periods import Roll, Starts, Unit

SHIPPED = {document["code"]: document for document in documents()}
MAIN = SHIPPED["tw-join-2018"]
TERMS = ("check", "endorse", "response", "reproposal_bar", "appeal", "appeal_decision")
# What a TOML or JSON file may hold instead of what was meant.
junk = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 10**9) | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=5,
)


def parameters(**changes: Any) -> dict[str, Any]:
    return {**deepcopy(MAIN["parameters"]), **changes}


def limits(**changes: Any) -> dict[str, Any]:
    return parameters(limits={**MAIN["parameters"]["limits"], **changes})


def ground(**changes: Any) -> dict[str, Any]:
    return {"code": "virtual", "zh": "虛擬", "en": "Virtual", **changes}


@pytest.mark.parametrize("code", SHIPPED)
def test_shipped_documents_are_whole_and_cite_a_clause_for_every_term(code: str) -> None:
    document = parse_document(SHIPPED[code])
    assert (document.code, document.source.strip() != "") == (code, True)
    rules = parse_parameters(document.parameters)
    assert all(getattr(rules, name).basis for name in TERMS)
    assert rules.threshold >= 1
    assert any(one.advises_merge for one in rules.grounds)
    assert any(one.withhold for one in rules.grounds)


def test_the_main_rules_say_what_the_directions_say() -> None:
    rules = parse_parameters(MAIN["parameters"])
    assert (rules.check.unit, rules.check.n) == (Unit.WORKING_DAY, 3)
    assert (rules.endorse.unit, rules.endorse.n, rules.endorse.starts) == (
        Unit.DAY,
        60,
        Starts.NEXT_DAY,
    )
    assert (rules.response.unit, rules.response.n) == (Unit.MONTH, 2)
    assert (rules.reproposal_bar.unit, rules.reproposal_bar.n) == (Unit.MONTH, 6)
    assert rules.appeal.roll is Roll.NEXT_WORKING_DAY
    assert (rules.threshold, rules.max_agencies, rules.election_pause_days) == (5000, 3, 60)
    assert len(rules.grounds) == 13


def test_a_ground_is_found_by_its_code_and_no_other() -> None:
    rules = parse_parameters(MAIN["parameters"])
    for listed in rules.grounds:
        assert rules.ground(listed.code) is listed
    assert rules.ground("") is None
    assert rules.ground("VIRTUAL") is None


@pytest.mark.parametrize("key", MAIN["parameters"])
def test_a_missing_parameter_is_named(key: str) -> None:
    document = parameters()
    del document[key]
    with pytest.raises(RuleSetFault, match=f"missing: {key}"):
        parse_parameters(document)


@pytest.mark.parametrize("key", MAIN["parameters"]["limits"])
def test_a_missing_limit_is_named(key: str) -> None:
    document = limits()
    del document["limits"][key]
    with pytest.raises(RuleSetFault, match=f"limits: missing: {key}"):
        parse_parameters(document)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (parameters(threshhold=1), "unknown: threshhold"),
        (limits(subjekt=1), "limits: unknown: subjekt"),
        (parameters(threshold=0), "threshold"),
        (parameters(threshold="5000"), "threshold"),
        (parameters(threshold=True), "threshold"),
        (parameters(max_agencies=0), "max_agencies"),
        (parameters(election_pause_days=-1), "election_pause_days"),
        (parameters(check=3), "check must be a table"),
        (parameters(check={"unit": "working_day"}), "check: term: n is missing"),
        (parameters(check={"unit": "fortnight", "n": 1}), "check: term: unit"),
        (parameters(endorse={"unit": "day", "n": 0}), "endorse: term: n"),
        (limits(subject=201), "subject must be a whole number from 1 to 200"),
        (limits(endorse_reason=301), "endorse_reason"),
        (limits(subject_min=51), "subject_min must be a whole number from 1 to 50"),
        (limits(links=0), "links"),
        (parameters(limits=[]), "limits: must be a table"),
        (parameters(grounds=[]), "at least one"),
        (parameters(grounds="virtual"), "at least one"),
        (parameters(grounds=[ground(), ground()]), "twice"),
        (parameters(grounds=[ground(code="")]), "no code"),
        (parameters(grounds=[ground(code="x" * 25)]), "no code"),
        (parameters(grounds=[ground(code=7)]), "no code"),
        (parameters(grounds=[ground(zh=" ")]), "wording"),
        (parameters(grounds=[ground(en=None)]), "wording"),
        (parameters(grounds=[ground(withhold="yes")]), "true or false"),
        (parameters(grounds=[ground(reason="x")]), "ground: "),
        (parameters(grounds=["virtual"]), "ground: "),
    ],
)
def test_a_faulty_parameter_is_named(document: dict[str, Any], said: str) -> None:
    with pytest.raises(RuleSetFault, match=said):
        parse_parameters(document)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "Two Words"}, "code"),
        ({"code": ""}, "code"),
        ({"title_zh": None}, "title_zh"),
        ({"source": "   "}, "source"),
        ({"in_force_from": "2018-02-30"}, "in_force_from"),
        ({"in_force_until": "2018-04-11"}, "in_force_until must be after"),
        ({"in_force_until": 7}, "in_force_until"),
        ({"jurisdiction": "ey"}, "jurisdiction"),
        ({"jurisdiction": {"code": "ey"}}, "jurisdiction: missing"),
        ({"parameters": None}, "table"),
        ({"author": "x"}, "unknown: author"),
    ],
)
def test_a_faulty_document_is_named(change: dict[str, Any], said: str) -> None:
    with pytest.raises(RuleSetFault, match=said):
        parse_document({**MAIN, **change})


def test_days_may_be_written_as_days_or_as_texts() -> None:
    for written in ("2018-04-11", date(2018, 4, 11)):
        assert parse_document({**MAIN, "in_force_from": written}).in_force_from == date(2018, 4, 11)


def fault_of(parse: Callable[[Any], object], document: Any) -> str | None:
    """What is said to be wrong; any other exception fails the test."""
    try:
        parse(document)
    except RuleSetFault as fault:
        return str(fault)
    return None


@given(key=st.sampled_from(sorted(MAIN["parameters"])), value=junk)
def test_no_damage_is_anything_but_a_named_fault(key: str, value: object) -> None:
    said = fault_of(parse_parameters, parameters(**{key: value}))
    assert said is None or (said and "\n" not in said)


@given(key=st.sampled_from(sorted(MAIN)), value=junk)
def test_no_damage_of_a_document_is_anything_but_a_named_fault(key: str, value: object) -> None:
    said = fault_of(parse_document, {**MAIN, key: value})
    assert said is None or (said and "\n" not in said)


@given(document=junk)
def test_what_is_no_document_at_all_is_a_named_fault(document: Any) -> None:
    with pytest.raises(RuleSetFault):
        parse_parameters(document)
    with pytest.raises(RuleSetFault):
        parse_document(document)


def test_what_was_parsed_does_not_change_with_its_source() -> None:
    document = parameters()
    rules = parse_parameters(document)
    document["limits"]["subject"] = 1
    document["grounds"].clear()
    assert rules.limits["subject"] == 50
    assert isinstance(rules.grounds[0], Ground)
