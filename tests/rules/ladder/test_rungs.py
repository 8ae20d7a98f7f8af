"""The rung follows from facts, and a further fact never lowers it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.ladder.rules import (
    NEEDS,
    PROVES,
    QUESTION_OF,
    Band,
    Fact,
    Rung,
    band_of,
    proven_by,
    rung_of,
)

FACTS = st.frozensets(st.sampled_from(Fact))


def up_to(rung: Rung) -> set[Fact]:
    return {fact for one, needs in NEEDS.items() if one <= rung for fact in needs}


@pytest.mark.parametrize("rung", list(Rung))
def test_each_rung_is_reached_by_its_own_facts_and_all_below(rung: Rung) -> None:
    verdict = rung_of(up_to(rung))
    assert verdict.rung is rung
    assert set(verdict.held) == up_to(rung)
    assert verdict.unused == ()
    higher = NEEDS.get(Rung(rung + 1), ()) if rung < Rung.CITIZEN_CONTROL else ()
    assert verdict.missing == higher


@given(FACTS, FACTS)
def test_a_further_fact_never_lowers_the_rung(has: frozenset[Fact], more: frozenset[Fact]) -> None:
    assert rung_of(has | more).rung >= rung_of(has).rung


@given(FACTS)
def test_every_fact_is_used_or_told_to_be_unused(has: frozenset[Fact]) -> None:
    verdict = rung_of(has)
    assert sorted((*verdict.held, *verdict.unused)) == sorted(has)
    assert not set(verdict.missing) & has
    assert bool(verdict.missing) == (verdict.rung < Rung.CITIZEN_CONTROL)


@given(FACTS)
def test_what_is_true_further_up_does_not_count_while_something_below_is_missing(
    has: frozenset[Fact],
) -> None:
    verdict = rung_of(has)
    for rung, needs in NEEDS.items():
        assert (rung <= verdict.rung) <= set(needs).issubset(has)
    if verdict.missing:
        filled = rung_of(has | set(verdict.missing))
        assert filled.rung > verdict.rung


def test_who_decides_without_having_been_told_stands_at_the_bottom() -> None:
    assert rung_of({Fact.MAJORITY, Fact.GOVERN, Fact.EFFECT}).rung is Rung.MANIPULATION


def test_the_bands_are_the_three_of_the_book() -> None:
    assert [band_of(rung) for rung in Rung] == (
        [Band.NONPARTICIPATION] * 2 + [Band.TOKENISM] * 3 + [Band.CITIZEN_POWER] * 3
    )


def test_every_fact_belongs_to_one_rung_and_one_question() -> None:
    asked = [fact for needs in NEEDS.values() for fact in needs]
    assert sorted(asked) == sorted(Fact)
    assert set(QUESTION_OF) == set(Fact)


@pytest.mark.parametrize(
    ("kind", "adoption", "facts"),
    [
        ("casework.response_published", "adopted", {Fact.ANSWERED, Fact.EFFECT}),
        ("casework.response_published", "partly_adopted", {Fact.ANSWERED, Fact.EFFECT}),
        ("casework.response_published", "not_adopted", {Fact.ANSWERED}),
        ("casework.response_published", "under_study", {Fact.ANSWERED}),
        ("findings.fixed", "", {Fact.EFFECT}),
        ("meetings.held", "", {Fact.WORKED_WITH}),
        ("proposals.endorsed", "", set()),
    ],
)
def test_what_a_recorded_act_proves(kind: str, adoption: str, facts: set[Fact]) -> None:
    assert proven_by(kind, adoption) == facts


def test_the_record_proves_nothing_that_only_the_agency_can_know() -> None:
    assert not set(PROVES.values()) & {
        Fact.PURPOSE_OPEN,
        Fact.ABOUT_MATTER,
        Fact.OPTIONS_OPEN,
        Fact.AGREED_RULES,
        Fact.MAJORITY,
        Fact.GOVERN,
    }
