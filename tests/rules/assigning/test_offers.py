"""Who is responsible after a dispute, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.assigning.rules import Parts
from minben.assigning.rules.offers import (
    FORCED_FROM,
    REASON_MAX,
    REASON_MIN,
    Answer,
    Step,
    answer_fault,
    decided,
    forced_from,
    joined,
    reason_fault,
    replaced,
    step_after,
)
from minben.casework.rules import AgencyRole

LEAD, ASSIST = AgencyRole.LEAD, AgencyRole.ASSIST
AGENCIES = st.integers(1, 8)


@st.composite
def cases(draw: st.DrawFn) -> Parts:
    """A case with at least one lead; nobody has two parts."""
    rows = draw(st.lists(AGENCIES, min_size=1, max_size=5, unique=True))
    leads = draw(st.integers(1, len(rows)))
    return Parts(tuple(rows[:leads]), tuple(rows[leads:]))


def test_a_reason_has_twenty_to_a_thousand_characters() -> None:
    assert reason_fault("因" * (REASON_MIN - 1)) == "handover_reason"
    assert reason_fault(" " * 30 + "因" * (REASON_MIN - 1)) == "handover_reason"
    assert reason_fault("因" * REASON_MIN) == ""
    assert reason_fault("因" * REASON_MAX) == ""
    assert reason_fault("因" * (REASON_MAX + 1)) == "handover_reason_too_long"
    assert (REASON_MIN, REASON_MAX) == (20, 1000)


@pytest.mark.parametrize(
    ("answer", "forced", "escalated", "closed", "fault"),
    [
        (Answer.OPEN, False, False, False, ""),
        (Answer.OPEN, False, False, True, "offer_closed"),
        (Answer.OPEN, False, True, False, "offer_escalated"),
        (Answer.ACCEPTED, False, False, False, "offer_answered"),
        (Answer.DISPUTED, False, True, False, "offer_answered"),
        (Answer.WITHDRAWN, False, False, False, "offer_answered"),
        (Answer.DECIDED, False, False, False, "offer_decided"),
        (Answer.DECIDED, True, False, False, "offer_forced"),
    ],
)
def test_only_an_open_offer_is_answered(
    answer: Answer, forced: bool, escalated: bool, closed: bool, fault: str
) -> None:
    assert answer_fault(answer, forced=forced, escalated=escalated, closed=closed) == fault


@pytest.mark.parametrize(
    ("role", "second", "passable", "step"),
    [
        (LEAD, False, True, Step.PASSED_ON),
        (LEAD, False, False, Step.DECISION),
        (LEAD, True, False, Step.JOINT),
        (LEAD, True, True, Step.JOINT),
        (ASSIST, False, True, Step.PASSED_ON),
        (ASSIST, False, False, Step.DECISION),
        (ASSIST, True, False, Step.DECISION),
        (ASSIST, True, True, Step.DECISION),
    ],
)
def test_what_follows_a_dispute(role: AgencyRole, second: bool, passable: bool, step: Step) -> None:
    assert step_after(role, second=second, passable=passable) is step


def test_forcing_begins_with_a_thousand_or_with_reaching() -> None:
    assert FORCED_FROM == 1000
    assert forced_from(5000) == 1000
    assert forced_from(250) == 250


def test_who_takes_over_has_the_place_of_who_gave_it() -> None:
    assert replaced(Parts((1,), (2, 3)), LEAD, 1, 9) == Parts((9,), (2, 3))
    assert replaced(Parts((1,), (2, 3)), LEAD, 1, 3) == Parts((3,), (2,))
    assert replaced(Parts((1,), (2, 3)), ASSIST, 2, 9) == Parts((1,), (9, 3))


def test_two_that_refuse_lead_before_all_others() -> None:
    assert joined(Parts((1,), (2, 3)), 1, 2) == Parts((1, 2), (3,))
    assert joined(Parts((5, 1), (3,)), 1, 2) == Parts((1, 2, 5), (3,))


def test_a_decision_leaves_the_part_to_whom_it_names() -> None:
    assert decided(Parts((1,), (4,)), LEAD, [1, 2], [2]) == Parts((2,), (4,))
    assert decided(Parts((1,), (4,)), LEAD, [1, 2], [2, 1]) == Parts((2, 1), (4,))
    assert decided(Parts((1,), (4,)), LEAD, [1, 2], [4]) == Parts((4,), ())
    assert decided(Parts((1,), (4,)), ASSIST, [4], []) == Parts((1,), ())
    assert decided(Parts((1,), (4,)), ASSIST, [4, 5], [5]) == Parts((1,), (5,))
    assert decided(Parts((1,), (4,)), ASSIST, [4], [1]) == Parts((1,), ())


def whole(parts: Parts) -> bool:
    """Somebody leads, and nobody has two parts."""
    rows = (*parts.leads, *parts.assists)
    return bool(parts.leads) and len(rows) == len(set(rows))


@given(cases(), AGENCIES, st.data())
def test_after_every_hand_over_somebody_leads_and_nobody_has_two_parts(
    parts: Parts, other: int, data: st.DataObject
) -> None:
    first = data.draw(st.sampled_from(parts.leads))
    if other not in parts.leads:
        assert whole(replaced(parts, LEAD, first, other))
        assert other in replaced(parts, LEAD, first, other).leads
        both = joined(parts, first, other)
        assert whole(both)
        assert both.leads[:2] == (first, other)
    chosen = data.draw(st.lists(AGENCIES, min_size=1, max_size=3))
    after = decided(parts, LEAD, [first, other], chosen)
    assert whole(after)
    assert set(chosen) <= set(after.leads)
    if parts.assists:
        helper = data.draw(st.sampled_from(parts.assists))
        left = decided(parts, ASSIST, [helper], chosen)
        assert whole(left)
        assert left.leads == parts.leads
        assert (helper in left.assists) == (helper in chosen)
