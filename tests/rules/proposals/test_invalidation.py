"""Campaigns of invalidation: their life, who may judge, and what becomes of the case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.casework.rules import BELOW_DEFAULT, Below, RuleSetFault, parse_parameters
from minben.casework.shipped import documents
from minben.kernel.machine import ForbiddenAct
from minben.proposals.invalidation import (
    CAMPAIGN,
    EFFECTIVE,
    FROZEN,
    REASONS,
    WORKING,
    CampaignAct,
    CampaignState,
    Turn,
    judge_fault,
    reason_of,
    second_person_fault,
    turn_of,
)
from minben.proposals.rules import LIFE, Act, State

[MAIN] = [one for one in documents() if one["code"] == "tw-join-2018"]
S, A = CampaignState, CampaignAct
counts = st.integers(0, 50)
people = st.sampled_from(["person:1", "person:2", "person:3", "person:4"])


class TestCampaign:
    def test_the_table_is_this_and_no_more(self) -> None:
        assert dict(CAMPAIGN.table) == {
            (S.DRAFT, A.COUNT): S.COUNTED,
            (S.DRAFT, A.REJECT): S.REJECTED,
            (S.COUNTED, A.APPROVE): S.APPROVED,
            (S.COUNTED, A.REJECT): S.REJECTED,
            (S.APPROVED, A.RUN): S.RUNNING,
            (S.APPROVED, A.REJECT): S.REJECTED,
            (S.RUNNING, A.FINISH): S.RUN,
            (S.RUNNING, A.RESTORE): S.RESTORING,
            (S.RUN, A.RESTORE): S.RESTORING,
            (S.RESTORING, A.FINISH): S.RESTORED,
        }

    @given(st.lists(st.sampled_from(CampaignAct), max_size=12))
    def test_nothing_happens_uncounted_or_unapproved(self, acts: list[CampaignAct]) -> None:
        state, done = S.DRAFT, []
        for act in acts:
            try:
                state = CAMPAIGN.next(state, act)
            except ForbiddenAct:
                continue
            done.append(act)
        if state in EFFECTIVE:
            assert done[:3] == [A.COUNT, A.APPROVE, A.RUN]
            assert A.REJECT not in done
        if state in (S.RESTORING, S.RESTORED):
            assert A.RESTORE in done

    def test_what_works_ends(self) -> None:
        assert set(CAMPAIGN.reachable(S.DRAFT)) == set(CampaignState)
        assert all(A.FINISH in CAMPAIGN.acts_from(state) for state in WORKING)
        assert WORKING < EFFECTIVE < FROZEN


class TestPersons:
    @given(people, people)
    def test_the_second_person_is_another(self, first: str, second: str) -> None:
        assert (second_person_fault(first, second) == "") == (first != second)

    @pytest.mark.parametrize(("first", "second"), [("", ""), ("", "person:1"), ("person:1", "")])
    def test_nobody_is_no_person(self, first: str, second: str) -> None:
        assert second_person_fault(first, second) == "second_person_needed"

    @given(people, people, people, people)
    def test_no_judge_in_a_cause_of_ones_own(
        self, judge: str, endorser: str, proposer: str, approver: str
    ) -> None:
        fault = judge_fault(judge, endorser=endorser, proposed_by=proposer, approved_by=approver)
        assert (fault == "") == (judge not in (endorser, proposer, approver))


class TestReasons:
    def test_each_has_both_wordings_and_one_code(self) -> None:
        assert len({one.code for one in REASONS}) == len(REASONS)
        assert all(one.zh and one.en for one in REASONS)
        assert reason_of("automated") in REASONS
        assert reason_of("because") is None


class TestBelow:
    @given(
        st.sampled_from(State), counts, counts, st.integers(1, 50), st.sampled_from(Below),
        st.booleans(),
    )  # fmt: skip
    def test_what_follows_is_possible_and_follows_from_a_crossing_only(
        self, state: State, before: int, after: int, threshold: int, below: Below, open_: bool
    ) -> None:
        turn = turn_of(
            state, before=before, after=after, threshold=threshold, below=below, window_open=open_
        )
        crossed = (before < threshold) != (after < threshold)
        if not crossed:
            assert turn is Turn.NOTHING
        acts = {Turn.REOPENS: Act.REOPEN, Turn.LAPSES: Act.FALL, Turn.REACHES: Act.REACH}
        if turn in acts:
            LIFE.next(state, acts[turn])  # or it raises
        if turn in (Turn.STANDS, Turn.REOPENS, Turn.LAPSES):
            assert after < threshold <= before
            assert state in (State.REACHED, State.ANSWERED)
        if turn is Turn.REACHES:
            assert after >= threshold > before
        if below is Below.STANDS:
            assert turn not in (Turn.REOPENS, Turn.LAPSES)
        if state is State.ANSWERED:
            assert turn in (Turn.NOTHING, Turn.STANDS)

    @pytest.mark.parametrize(
        ("state", "below", "window_open", "turn"),
        [
            (State.REACHED, Below.STANDS, True, Turn.STANDS),
            (State.REACHED, Below.STANDS, False, Turn.STANDS),
            (State.REACHED, Below.REOPENS, True, Turn.REOPENS),
            (State.REACHED, Below.REOPENS, False, Turn.LAPSES),
            (State.ANSWERED, Below.REOPENS, True, Turn.STANDS),
            (State.ENDORSING, Below.REOPENS, True, Turn.NOTHING),
            (State.LAPSED, Below.REOPENS, False, Turn.NOTHING),
        ],
    )
    def test_falling(self, state: State, below: Below, window_open: bool, turn: Turn) -> None:
        found = turn_of(
            state, before=10, after=9, threshold=10, below=below, window_open=window_open
        )
        assert found is turn

    @pytest.mark.parametrize("state", [State.ENDORSING, State.LAPSED])
    @pytest.mark.parametrize("window_open", [True, False])
    def test_rising(self, state: State, window_open: bool) -> None:
        found = turn_of(
            state, before=9, after=10, threshold=10, below=Below.STANDS, window_open=window_open
        )
        assert found is Turn.REACHES


class TestRuleSets:
    def test_without_a_rule_a_case_stands(self) -> None:
        assert parse_parameters(MAIN["parameters"]).below_threshold == BELOW_DEFAULT
        assert BELOW_DEFAULT.outcome is Below.STANDS
        assert "本平臺自訂" in BELOW_DEFAULT.basis

    def test_a_rule_set_can_say_otherwise(self) -> None:
        told = {"outcome": "reopens", "basis": "某市要點第九點"}
        rules = parse_parameters({**MAIN["parameters"], "below_threshold": told})
        assert rules.below_threshold.outcome is Below.REOPENS
        assert rules.below_threshold.basis == "某市要點第九點"

    @pytest.mark.parametrize(
        ("told", "fault"),
        [
            ("stands", "below_threshold: must be a table"),
            ({"outcome": "stands"}, "below_threshold: missing: basis"),
            ({"outcome": "stands", "basis": "x", "n": 1}, "below_threshold: unknown: n"),
            ({"outcome": "vanishes", "basis": "x"}, "outcome must be one of stands, reopens"),
            ({"outcome": ["stands"], "basis": "x"}, "outcome must be one of stands, reopens"),
            ({"outcome": "stands", "basis": " "}, "below_threshold: basis must be a text"),
        ],
    )
    def test_a_rule_that_cannot_be_read_is_refused(self, told: object, fault: str) -> None:
        with pytest.raises(RuleSetFault, match=fault):
            parse_parameters({**MAIN["parameters"], "below_threshold": told})
