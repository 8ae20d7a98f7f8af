"""Splitting, clearing and disposing of demands, without a database."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.casework.rules import Adoption
from minben.demands.rules import (
    LIFE,
    Act,
    CorrectionKind,
    DemandAct,
    DemandState,
    Outcome,
    Step,
    candidates,
    cleared_steps,
    correction_fault,
    differences,
    dispose_fault,
    draft_faults,
    is_cleared,
    next_step,
    pieces,
    roll_up,
    route_of,
    split_changes,
)
from minben.kernel.machine import ForbiddenAct

ADOPTED, PARTLY = Adoption.ADOPTED, Adoption.PARTLY_ADOPTED
NOT, STUDY = Adoption.NOT_ADOPTED, Adoption.UNDER_STUDY
WHOLE = {"adoption": "adopted", "reason": "理" * 20, "follow_up": ""}
adoptions = st.lists(st.sampled_from(list(Adoption)), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("demands", "case"),
    [
        ([ADOPTED, ADOPTED], ADOPTED),
        ([NOT, NOT, NOT], NOT),
        ([PARTLY], PARTLY),
        ([STUDY], STUDY),
        ([ADOPTED, NOT], PARTLY),
        ([ADOPTED, PARTLY], PARTLY),
        ([NOT, PARTLY], PARTLY),
        ([ADOPTED, STUDY], STUDY),
        ([NOT, STUDY], STUDY),
        ([ADOPTED, NOT, PARTLY, STUDY], STUDY),
    ],
)
def test_the_case_is_what_its_demands_make_of_it(demands: list[Adoption], case: Adoption) -> None:
    assert roll_up(demands) is case


def test_without_demands_there_is_nothing_to_roll_up() -> None:
    assert roll_up([]) is None


@given(adoptions)
def test_order_and_repetition_change_nothing(found: list[Adoption]) -> None:
    assert roll_up(found) is roll_up(sorted(found)) is roll_up([*found, *found])


@given(adoptions)
def test_a_case_is_adopted_or_not_only_as_a_whole(found: list[Adoption]) -> None:
    whole = roll_up(found)
    assert (whole is ADOPTED) is (set(found) == {ADOPTED})
    assert (whole is NOT) is (set(found) == {NOT})
    assert (whole is STUDY) is (STUDY in found)


@given(adoptions)
def test_a_further_demand_under_study_puts_the_case_under_study(found: list[Adoption]) -> None:
    assert roll_up([*found, STUDY]) is STUDY


def test_what_can_be_done_to_a_demand() -> None:
    ends = {state: set(LIFE.acts_from(state)) for state in DemandState}
    assert ends == {
        DemandState.OPEN: {DemandAct.DISPOSE, DemandAct.DROP, DemandAct.MERGE},
        DemandState.DISPOSED: {DemandAct.TAKE_BACK, DemandAct.PUBLISH},
        DemandState.PUBLISHED: set(),
        DemandState.DROPPED: {DemandAct.RESTORE},
        DemandState.MERGED: {DemandAct.RESTORE},
    }
    with pytest.raises(ForbiddenAct):
        LIFE.next(DemandState.OPEN, DemandAct.PUBLISH)


ROUTE = route_of(legal=True, participation=True)


def approved(*steps: Step, revision: int = 1) -> list[Act]:
    return [Act(step, Outcome.APPROVED, revision) for step in steps]


def test_the_route_has_the_optional_steps_only_if_asked_for() -> None:
    assert tuple(Step) == ROUTE
    assert route_of(legal=False, participation=False) == (
        Step.DRAFTER,
        Step.SECTION_HEAD,
        Step.LEAD,
    )


def test_steps_are_cleared_in_their_order_only() -> None:
    whole = approved(*ROUTE)
    assert is_cleared(ROUTE, whole, 1)
    for order in permutations(whole):
        assert is_cleared(ROUTE, list(order), 1) is (list(order) == whole)


def test_a_change_after_clearance_opens_all_steps_again() -> None:
    acts = approved(*ROUTE)
    assert cleared_steps(ROUTE, acts, 2) == ()
    assert next_step(ROUTE, acts, 2) is Step.DRAFTER


def test_a_return_undoes_what_was_approved_before_it() -> None:
    acts = [
        *approved(Step.DRAFTER, Step.SECTION_HEAD),
        Act(Step.LEGAL, Outcome.RETURNED, 1),
    ]
    assert cleared_steps(ROUTE, acts, 1) == ()
    assert cleared_steps(ROUTE, [*acts, *approved(Step.DRAFTER)], 1) == (Step.DRAFTER,)


def test_without_a_route_it_is_the_drafters_turn_and_nothing_is_cleared() -> None:
    assert next_step((), approved(*ROUTE), 1) is Step.DRAFTER
    assert not is_cleared((), approved(*ROUTE), 1)


acts = st.lists(
    st.builds(Act, st.sampled_from(list(Step)), st.sampled_from(list(Outcome)), st.integers(1, 3)),
    max_size=25,
)


@given(acts, st.integers(1, 3), st.booleans(), st.booleans())
def test_what_is_cleared_is_always_the_beginning_of_the_route(
    done: list[Act], revision: int, legal: bool, participation: bool
) -> None:
    route = route_of(legal=legal, participation=participation)
    cleared = cleared_steps(route, done, revision)
    assert cleared == route[: len(cleared)]
    assert is_cleared(route, done, revision) is (len(cleared) == len(route))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, ""),
        ({"state": DemandState.DISPOSED}, "demand_not_open"),
        ({"state": DemandState.DROPPED}, "demand_not_open"),
        ({"has_agency": False}, "demand_without_agency"),
        ({"cleared": False}, "demand_not_cleared"),
        ({"draft": {}}, "demand_reason"),
        ({"draft": WHOLE | {"adoption": ""}}, "demand_adoption"),
        ({"draft": WHOLE | {"adoption": "perhaps"}}, "demand_adoption"),
        ({"draft": WHOLE | {"reason": "理" * 19}}, "demand_reason"),
        ({"draft": WHOLE | {"reason": "理" * 6001}}, "demand_reason_too_long"),
        ({"draft": WHOLE | {"follow_up": "後" * 6001}}, "demand_follow_up_too_long"),
    ],
)
def test_what_keeps_a_demand_from_being_disposed_of(change: dict[str, object], code: str) -> None:
    told = {"state": DemandState.OPEN, "has_agency": True, "draft": WHOLE, "cleared": True}
    assert dispose_fault(**(told | change)) == code  # type: ignore[arg-type]


def test_a_draft_may_have_gaps_but_no_nonsense() -> None:
    assert draft_faults("", "", "", whole=False) == {}
    assert draft_faults("perhaps", "", "", whole=False) == {"adoption": "demand_adoption"}
    assert draft_faults("", " " * 7000, "", whole=False) == {}


@pytest.mark.parametrize(
    ("kind", "text", "why", "names_demand", "code"),
    [
        (CorrectionKind.REWORD, "路口加裝照明", "原文如此寫", True, ""),
        (CorrectionKind.REWORD, "路口加裝照明", "原文如此寫", False, "correction_demand"),
        (CorrectionKind.REWORD, "燈", "原文如此寫", True, "correction_text"),
        (CorrectionKind.REWORD, "路口加裝照明", "沒", True, "correction_why"),
        (CorrectionKind.MISSING, "路口加裝照明", "原文如此寫", False, ""),
        (CorrectionKind.MISSING, "路口加裝照明", "原文如此寫", True, "correction_demand"),
        (CorrectionKind.SUPERFLUOUS, "", "我沒有這樣說", True, ""),
        (CorrectionKind.SUPERFLUOUS, "", "我沒有這樣說", False, "correction_demand"),
    ],
)
def test_what_a_correction_must_say(
    kind: CorrectionKind, text: str, why: str, names_demand: bool, code: str
) -> None:
    assert correction_fault(kind, text, why, names_demand=names_demand) == code


texts = st.text(alphabet="路口燈，。！\n ab", max_size=60)


@given(texts)
def test_pieces_put_together_are_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text


@given(texts, texts)
def test_a_comparison_tells_both_texts(before: str, after: str) -> None:
    told = differences(before, after)
    assert "".join(one.text for one in told if one.kind != "new") == before
    assert "".join(one.text for one in told if one.kind != "gone") == after


def test_a_comparison_of_a_text_with_itself_has_no_change() -> None:
    assert [one.kind for one in differences("先做。再看。", "先做。再看。")] == ["same"]


def item(number: int, text: str, **more: object) -> dict[str, object]:
    return {"number": number, "text": text, "agency": None, "left_out": ""} | more


def test_two_splits_are_compared_by_number() -> None:
    mof = {"code": "mof", "zh": "財政部", "en": "MOF"}
    before = [item(1, "設庇護島"), item(2, "延長秒數"), item(3, "加裝照明"), item(4, "劃設標線")]
    after = [
        item(1, "設無障礙庇護島"),
        item(2, "延長秒數", left_out="dropped"),
        item(3, "加裝照明", agency=mof),
        item(4, "劃設標線"),
        item(5, "加強取締"),
    ]
    told = {one.number: (one.kind, one.agency) for one in split_changes(before, after)}
    assert told == {
        1: ("changed", False),
        2: ("gone", False),
        3: ("changed", True),
        5: ("new", False),
    }
    assert split_changes(after, after) == ()


def test_sentences_are_offered_once_and_only_those_of_fitting_length() -> None:
    text = f"路口太寬。燈！\n請設置庇護島並延長秒數！請設置庇護島並延長秒數！{'長' * 301}。沒有句點的結尾"
    assert candidates(text) == (
        "路口太寬。",
        "請設置庇護島並延長秒數！",
        "沒有句點的結尾",
    )
