"""The stakeholder map and its balance: what is missing, too many of one kind, nobody concerned."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.kernel.refusal import Refusal
from minben.proceedings.rules.stakeholders import (
    PEOPLE_MAX,
    ROWS_MAX,
    Kind,
    Lack,
    Stakeholder,
    StakeholderMap,
    Stance,
    add_stakeholder,
    balance,
    edit_stakeholder,
    remove_stakeholder,
)


def one(kind: Kind, invited: int, **more: object) -> Stakeholder:
    row = Stakeholder(0, f"{kind}代表", kind, 3, 3, invited=invited)
    return replace(row, **more)  # type: ignore[arg-type]


def mapped(*rows: Stakeholder) -> StakeholderMap:
    sheet = StakeholderMap()
    for row in rows:
        sheet = add_stakeholder(sheet, row)
    return sheet


def lacks(*rows: Stakeholder) -> set[tuple[Lack, Kind | None]]:
    return {(found.lack, found.kind) for found in balance(mapped(*rows))}


EVERYBODY = tuple(one(kind, 2, stance=Stance.AFFECTED) for kind in Kind)


def test_a_table_with_everybody_is_balanced() -> None:
    assert lacks(*EVERYBODY) == set()


@pytest.mark.parametrize("kind", list(Kind))
def test_a_missing_kind_is_named(kind: Kind) -> None:
    assert lacks(*(row for row in EVERYBODY if row.kind is not kind)) == {(Lack.MISSING, kind)}


def test_twenty_professors_against_one_citizen() -> None:
    rows = [one(Kind.EXPERTS, 20), one(Kind.CITIZENS, 1, stance=Stance.AFFECTED)]
    found = {f.lack: f for f in balance(mapped(*rows))}
    assert (found[Lack.MAJORITY].kind, found[Lack.MAJORITY].n, found[Lack.MAJORITY].of) == (
        Kind.EXPERTS, 20, 21,
    )  # fmt: skip
    assert all(f.source for f in found.values())


def test_half_is_no_majority_and_one_more_is() -> None:
    rest = [one(kind, 1, stance=Stance.AFFECTED) for kind in Kind if kind is not Kind.EXPERTS]
    others = len(rest) - 1  # agencies owe the answer and are not counted
    assert lacks(one(Kind.EXPERTS, others), *rest) == set()
    assert lacks(one(Kind.EXPERTS, others + 1), *rest) == {(Lack.MAJORITY, Kind.EXPERTS)}


def test_only_agencies_and_nobody_concerned() -> None:
    found = lacks(one(Kind.AGENCIES, 9))
    assert (Lack.ONLY_AGENCIES, Kind.AGENCIES) in found
    assert (Lack.NOBODY_AFFECTED, None) in found
    assert not [lack for lack, _ in found if lack is Lack.MAJORITY]


def test_one_side_only_is_found_and_two_are_not() -> None:
    assert (Lack.ONE_SIDED, None) in lacks(*EVERYBODY, one(Kind.CIVIL, 1, stance=Stance.FOR))
    both = [one(Kind.CIVIL, 1, stance=side) for side in (Stance.FOR, Stance.AGAINST)]
    assert lacks(*EVERYBODY, *both) == set()


def test_who_does_not_come_is_told_once_anybody_answered() -> None:
    rows = [replace(row, coming=0 if row.kind is Kind.QUIET else 2) for row in EVERYBODY]
    assert lacks(*rows) == {(Lack.NOT_COMING, Kind.QUIET)}


@given(st.lists(st.tuples(st.sampled_from(list(Kind)), st.integers(0, 30)), max_size=12))
def test_shares_add_up(rows: list[tuple[Kind, int]]) -> None:
    sheet = mapped(*(one(kind, n) for kind, n in rows))
    found = balance(sheet)
    assert len([f for f in found if f.lack is Lack.MAJORITY]) <= 1
    assert all(0 <= f.n <= f.of for f in found)
    assert StakeholderMap.from_json(sheet.to_json()) == sheet


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"interest": 0}, "stakeholder_grade"),
        ({"influence": 6}, "stakeholder_grade"),
        ({"invited": PEOPLE_MAX + 1}, "stakeholder_count"),
        ({"invited": -1}, "stakeholder_count"),
        ({"coming": 3}, "stakeholder_more_coming"),
        ({"name": " "}, "proceedings_empty"),
        ({"note": "長" * 301}, "proceedings_too_long"),
    ],
)
def test_what_is_not_acceptable_is_refused(changes: dict[str, object], code: str) -> None:
    row = replace(one(Kind.CIVIL, 2), **changes)  # type: ignore[arg-type]
    with pytest.raises(Refusal) as caught:
        mapped(row)
    assert caught.value.code == code


def test_two_officers_and_the_number_of_rows() -> None:
    sheet = mapped(one(Kind.CIVIL, 2))
    changed = edit_stakeholder(sheet, replace(sheet.rows[0], note="甲"))
    assert changed.rows[0].revision == 2
    for act in (
        lambda: edit_stakeholder(changed, replace(sheet.rows[0], note="乙")),
        lambda: remove_stakeholder(changed, 1, revision=1),
        lambda: edit_stakeholder(changed, replace(sheet.rows[0], key=9)),
        lambda: mapped(*[one(Kind.CIVIL, 1)] * (ROWS_MAX + 1)),
    ):
        with pytest.raises(Refusal):
            act()
    assert remove_stakeholder(changed, 1, revision=2).rows == ()
