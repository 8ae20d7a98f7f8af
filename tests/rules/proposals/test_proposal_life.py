"""The life of a proposal: its table, the stage a reader sees, and when nobody can endorse."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from minben.casework.rules import parse_parameters
from minben.casework.shipped import documents
from minben.kernel.machine import ForbiddenAct
from minben.proposals.rules import (
    ENDORSABLE_STATES,
    LIFE,
    PUBLIC_STATES,
    Act,
    Stage,
    State,
    Wording,
    crossing,
    endorse_fault,
    length_fault,
    link_fault,
    reason_fault,
    stage_of,
    wording_faults,
)

[MAIN] = [one for one in documents() if one["code"] == "tw-join-2018"]
RULES = parse_parameters(MAIN["parameters"])
OPENS = datetime(2026, 3, 3, 16, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=60)
INSTANT = timedelta(microseconds=1)
states = st.sampled_from(State)
instants = st.datetimes(
    min_value=datetime(2026, 1, 1), max_value=datetime(2026, 12, 31), timezones=st.just(UTC)
)


class TestTable:
    def test_every_state_can_be_reached(self) -> None:
        assert LIFE.reachable(State.CHECKING) == set(State)

    def test_the_table_is_this_and_no_more(self) -> None:
        """Written down a second time: a change of the law is a change in two places."""
        assert dict(LIFE.table) == {
            (State.CHECKING, Act.ACCEPT): State.ENDORSING,
            (State.CHECKING, Act.HIDE): State.HIDDEN,
            (State.CHECKING, Act.WITHDRAW): State.WITHDRAWN,
            (State.HIDDEN, Act.RESTORE): State.ENDORSING,
            (State.ENDORSING, Act.REACH): State.REACHED,
            (State.ENDORSING, Act.LAPSE): State.LAPSED,
            (State.ENDORSING, Act.WITHDRAW): State.WITHDRAWN,
            (State.REACHED, Act.ANSWER): State.ANSWERED,
            (State.REACHED, Act.REOPEN): State.ENDORSING,
            (State.REACHED, Act.FALL): State.LAPSED,
            (State.LAPSED, Act.REACH): State.REACHED,
        }

    def test_nothing_follows_an_end(self) -> None:
        ends = {state for state in State if not LIFE.acts_from(state)}
        assert ends == {State.ANSWERED, State.WITHDRAWN}

    @given(st.lists(st.sampled_from(Act), max_size=12))
    def test_no_sequence_of_acts_answers_what_never_reached(self, acts: list[Act]) -> None:
        state, been = State.CHECKING, {State.CHECKING}
        done = set()
        for act in acts:
            try:
                state = LIFE.next(state, act)
            except ForbiddenAct:
                continue
            been.add(state)
            done.add(act)
        if State.ANSWERED in been:
            assert {State.ENDORSING, State.REACHED} <= been
        # Only invalidation leads back from a case, and only restoring makes one of what lapsed.
        if State.REACHED in been and not done & {Act.REOPEN, Act.FALL}:
            assert State.WITHDRAWN not in been
            assert State.LAPSED not in been or Act.LAPSE in done

    def test_only_what_passed_the_check_is_endorsed(self) -> None:
        assert LIFE.reachable(State.ENDORSING) >= ENDORSABLE_STATES
        assert not ENDORSABLE_STATES & {State.CHECKING, State.HIDDEN, State.LAPSED}
        assert State.HIDDEN not in PUBLIC_STATES


class TestStage:
    @given(state=states, at=instants, paused=st.booleans())
    def test_a_stage_never_contradicts_its_state(
        self, state: State, at: datetime, paused: bool
    ) -> None:
        stage = stage_of(
            state, at, opens_at=OPENS, closes_at=CLOSES, response_due_at=CLOSES, paused=paused
        )
        refined = {
            State.ENDORSING: {Stage.SCHEDULED, Stage.PAUSED, Stage.ENDORSING, Stage.LAPSED},
            State.REACHED: {Stage.REACHED, Stage.OVERDUE},
        }
        assert stage in refined.get(state, {Stage(state.value)})

    @given(at=instants, paused=st.booleans())
    def test_a_stage_is_endorsing_exactly_when_one_can_endorse(
        self, at: datetime, paused: bool
    ) -> None:
        stage = stage_of(State.ENDORSING, at, opens_at=OPENS, closes_at=CLOSES, paused=paused)
        fault = endorse_fault(State.ENDORSING, at, opens_at=OPENS, closes_at=CLOSES, paused=paused)
        assert (stage is Stage.ENDORSING) == (fault == "")

    @pytest.mark.parametrize(
        ("at", "stage"),
        [
            (OPENS - INSTANT, Stage.SCHEDULED),
            (OPENS, Stage.ENDORSING),
            (CLOSES - INSTANT, Stage.ENDORSING),
            (CLOSES, Stage.LAPSED),
        ],
    )
    def test_edges_of_the_window(self, at: datetime, stage: Stage) -> None:
        assert stage_of(State.ENDORSING, at, opens_at=OPENS, closes_at=CLOSES) is stage

    def test_an_answer_is_overdue_from_its_due_instant(self) -> None:
        def at(instant: datetime) -> Stage:
            return stage_of(State.REACHED, instant, response_due_at=CLOSES)

        assert (at(CLOSES - INSTANT), at(CLOSES)) == (Stage.REACHED, Stage.OVERDUE)
        assert stage_of(State.ANSWERED, CLOSES, response_due_at=OPENS) is Stage.ANSWERED


class TestEndorsing:
    @given(state=states, at=instants, paused=st.booleans())
    def test_open_means_state_window_and_no_pause(
        self, state: State, at: datetime, paused: bool
    ) -> None:
        fault = endorse_fault(state, at, opens_at=OPENS, closes_at=CLOSES, paused=paused)
        open_now = state in ENDORSABLE_STATES and OPENS <= at < CLOSES and not paused
        assert (fault == "") == open_now

    @given(state=states, at=instants)
    def test_without_a_window_nobody_endorses(self, state: State, at: datetime) -> None:
        for opens, closes in ((None, CLOSES), (OPENS, None), (None, None)):
            fault = endorse_fault(state, at, opens_at=opens, closes_at=closes, paused=False)
            assert fault == "not_endorsable"

    def test_after_the_window_a_pause_is_no_excuse(self) -> None:
        fault = endorse_fault(State.REACHED, CLOSES, opens_at=OPENS, closes_at=CLOSES, paused=True)
        assert fault == "endorse_too_late"

    @given(st.integers(0, 50), st.integers(0, 50), st.integers(1, 60))
    def test_one_of_a_batch_crosses(self, before: int, more: int, threshold: int) -> None:
        counts = [before + n for n in range(1, more + 1)]
        found = crossing(before, before + more, threshold)
        assert found == (counts.index(threshold) if threshold in counts else None)


class TestWording:
    @given(st.text(max_size=60))
    def test_a_subject_is_judged_by_its_trimmed_length(self, subject: str) -> None:
        wording = Wording(subject, "字" * 100, "字" * 100)
        length = len(subject.strip())
        code = (
            "field_empty"
            if length == 0
            else "field_too_short"
            if length < 5
            else "field_too_long"
            if length > 50
            else ""
        )
        assert wording_faults(wording, RULES).get("subject", ("",))[0] == code

    def test_every_fault_comes_with_its_limit(self) -> None:
        faults = wording_faults(Wording("長" * 51, "短", ""), RULES)
        assert faults == {
            "subject": ("field_too_long", 50),
            "content": ("field_too_short", 20),
            "benefits": ("field_empty", 10),
        }

    @given(st.text(max_size=40), st.integers(1, 10), st.integers(0, 20))
    def test_length_faults_agree_with_counting(self, text: str, least: int, more: int) -> None:
        most, length = least + more, len(text.strip())
        fault = length_fault(text, least, most)
        assert (fault is None) == (least <= length <= most)

    @given(st.text(max_size=30))
    def test_a_reason_has_at_least_five_characters(self, reason: str) -> None:
        assert (reason_fault(reason) == "") == (len(reason.strip()) >= 5)

    def test_a_reason_has_an_end(self) -> None:
        assert reason_fault("字" * 1000) == ""
        assert reason_fault("字" * 1001) == "reason_too_long"


class TestLinks:
    @pytest.mark.parametrize(
        "url",
        [
            "https://example.org/",
            "http://sub.example.org:8080/路徑?問=答",
            " https://example.org/a ",
        ],
    )
    def test_web_addresses_are_evidence(self, url: str) -> None:
        assert link_fault("標題", url, RULES.limits) == ""

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "example.org",
            "ftp://example.org/",
            "javascript:alert(1)",
            "data:text/html,x",
            "https://",
            "https://localhost/",
            "https://./",
            "http://[::1",
            "http://[::1]/",
            "https://bank.tw@evil.example/",
            "https://a.example/ https://b.example/",
            "//example.org/",
        ],
    )
    def test_what_is_no_web_address_is_refused(self, url: str) -> None:
        assert link_fault("標題", url, RULES.limits) == "link_not_web"

    @given(st.text(max_size=80))
    def test_no_text_is_an_error(self, url: str) -> None:
        fault = link_fault("標題", url, RULES.limits)
        assert fault in ("", "link_not_web", "link_too_long")
        if not fault:
            assert urlsplit(url.strip()).scheme in ("http", "https")

    @given(st.text(alphabet="[]:/@.ab1 \t\n", max_size=30))
    def test_no_address_is_an_error(self, rest: str) -> None:
        assert link_fault("標題", f"http://{rest}", RULES.limits) in ("", "link_not_web")

    def test_length_of_address_and_title(self) -> None:
        base = "https://example.org/"
        assert link_fault("", base + "a" * (500 - len(base)), RULES.limits) == ""
        assert link_fault("", base + "a" * (501 - len(base)), RULES.limits) == "link_too_long"
        assert link_fault("長" * 60, base, RULES.limits) == ""
        assert link_fault("長" * 61, base, RULES.limits) == "link_title_too_long"


@given(states, states)
def test_two_acts_never_lead_from_one_state_to_the_same(first: State, second: State) -> None:
    assume(first != second)
    acts = [act for act in LIFE.acts_from(first) if LIFE.next(first, act) is second]
    assert len(acts) <= 1
