"""A machine that acts on proposals in any order, and what must hold after every act.

The rules of its government are short (ten days, three endorsements), so that a few dozen acts see
every stage. What holds is asked of the rows and computed here anew, never by the code under test.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from minben.audit.models import Event
from minben.casework import actions as casework
from minben.casework.models import Case, Deadline, Pause, Response
from minben.casework.shipped import documents
from minben.config.jobs import tick
from minben.kernel.actor import SYSTEM, Actor, Role
from minben.kernel.refusal import Refusal
from minben.people.models import Agency
from minben.proposals import actions as proposals
from minben.proposals.models import Appeal, Check, Endorsement, Proposal
from minben.proposals.rules import ENDORSABLE_STATES, Stage, State, stage_of
from tests.factories import DAY0, actor, count, make_agency, make_person, make_staff

ENDORSE_DAYS = timedelta(days=10)
THRESHOLD = 3
SIX_MONTHS = timedelta(days=180), timedelta(days=186)  # at least, at most
BLOCKS = dict.fromkeys(("analysis", "deliberation", "adoption_reason", "follow_up"), "已研議。")
RARELY = st.integers(0, 4).map(lambda n: n == 4)
MOSTLY = st.integers(0, 4).map(lambda n: n != 4)
PICK = st.integers(0, 7)
SECONDS = st.integers(0, 3).map(lambda n: timedelta(seconds=n))
AHEAD = (st.just(0) | st.integers(0, 15 * 24)).map(lambda n: timedelta(hours=n))
REASON = "這是公開的理由。"
# Written down a second time, so that a slip in the platform's own table is seen.
LAWFUL = {
    (State.CHECKING, State.ENDORSING),
    (State.CHECKING, State.HIDDEN),
    (State.CHECKING, State.WITHDRAWN),
    (State.HIDDEN, State.ENDORSING),
    (State.ENDORSING, State.REACHED),
    (State.ENDORSING, State.LAPSED),
    (State.ENDORSING, State.WITHDRAWN),
    (State.REACHED, State.ANSWERED),
}


@dataclass(frozen=True)
class Cast:
    """Who acts; made once for all examples."""

    government: int
    agency: Agency
    citizens: tuple[Actor, ...]
    checkers: tuple[Actor, ...]
    admin: Actor
    officer: Actor


def make_cast() -> Cast:
    """A government of its own with short rules, and its people."""
    [document] = [one for one in documents() if one["code"] == "tw-join-2018"]
    parameters = document["parameters"]
    parameters["endorse"] |= {"n": ENDORSE_DAYS.days}
    parameters["threshold"] = THRESHOLD
    document |= {"code": "machine-1", "in_force_from": "2020-01-01"}
    document["jurisdiction"] |= {"code": "machine", "name_zh": "測試市政府"}
    rule_set, _ = casework.add_rule_set(document=document, by=SYSTEM, at=DAY0)
    agency = make_agency("測試局", "machine-agency", "machine")
    return Cast(
        government=rule_set.jurisdiction_id,
        agency=agency,
        citizens=tuple(actor(make_person()) for _ in range(6)),
        checkers=tuple(make_staff(Role.CHECKER) for _ in range(2)),
        admin=make_staff(Role.ADMINISTRATOR),
        officer=make_staff(Role.OFFICER, agency),
    )


def paused_time(
    starts: datetime, ends: datetime, pauses: list[tuple[datetime, datetime]]
) -> timedelta:
    """How much of [starts, ends) lies in some pause, counted piece by piece."""
    edges = sorted({starts, ends, *(edge for pause in pauses for edge in pause)})
    total = timedelta(0)
    for left, right in pairwise(edges):
        inside = starts <= left and right <= ends
        if inside and any(begins <= left and right <= end for begins, end in pauses):
            total += right - left
    return total


class Life(RuleBasedStateMachine):
    """Any acts in any order; each example is rolled back."""

    cast: Cast
    seen: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.now = DAY0
        self.ids: list[int] = []
        self.states: dict[int, State] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    # --- how acts are tried -----------------------------------------------------------------

    def attempt(self, act: Callable[..., Any], **given: Any) -> str:
        """The refusal's code, or "done". Anything but a refusal is a failure of the test."""
        try:
            with transaction.atomic():
                act(**{"at": self.now, **given})
        except Refusal as refusal:
            return refusal.code
        name = act.__name__
        self.seen[name] += 1
        return "done"

    def one(self, pick: int, *likely: State) -> Proposal:
        """A proposal, mostly one in a `likely` state, so that examples get somewhere."""
        rows = Proposal.objects.filter(pk__in=self.ids).order_by("pk")
        fitting = list(rows.filter(state__in=likely)) if pick < 6 else []
        choice = fitting or list(rows)
        return choice[pick % len(choice)]

    def pauses(self) -> list[tuple[datetime, datetime]]:
        rows = Pause.objects.filter(jurisdiction_id=self.cast.government, cancelled_at=None)
        return [(row.starts_at, row.ends_at) for row in rows]

    def is_paused(self, at: datetime) -> bool:
        return any(begins <= at < ends for begins, ends in self.pauses())

    # --- time -------------------------------------------------------------------------------

    @rule(hours=st.integers(1, 12 * 24))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours, microseconds=hours)

    @rule(pick=PICK, early=st.sampled_from([0, 0, 1]))
    def time_comes(self, pick: int, early: int) -> None:
        """To an edge, or an instant before it: a due time, or where a pause begins or ends."""
        rows = Deadline.objects.filter(case__jurisdiction_id=self.cast.government, outcome="open")
        edges = {row.due_at for row in rows} | {row.starts_at for row in rows}
        edges |= {edge for pause in self.pauses() for edge in pause}
        ahead = sorted(edge for edge in edges if edge > self.now)
        if ahead:
            self.now = ahead[pick % min(3, len(ahead))] - timedelta(microseconds=early)

    @rule()
    def tick(self) -> None:
        tick(self.now)
        rows = Proposal.objects.filter(pk__in=self.ids, state=State.ENDORSING)
        assert not rows.filter(closes_at__lte=self.now).exists(), "open beyond its window"
        unmarked = Deadline.objects.filter(outcome="open", missed_at=None, due_at__lte=self.now)
        assert not unmarked.exists(), "a deadline passed unmet and unmarked"

    # --- proposing and checking -------------------------------------------------------------

    @initialize()
    def first(self) -> None:
        self.file_and_check(0, True)

    @precondition(lambda self: len(self.ids) < 4)
    @rule(who=st.integers(0, 5), same_as=st.none() | st.integers(0, 3))
    def file(self, who: int, same_as: int | None) -> None:
        by = self.cast.citizens[who]
        subject = f"第{'甲乙丙丁'[len(self.ids)]}案：{'ABCD'[len(self.ids)] * 8}"
        if same_as is not None and self.ids:
            subject = self.one(same_as).subject
        draft = proposals.begin_draft(jurisdiction_code="machine", by=by, at=self.now)
        changes = {
            "subject": subject,
            "content": "請在每一個路口設置行人庇護島，並延長綠燈秒數，讓長者走得完。",
            "benefits": "減少行人傷亡，人人安心過馬路。",
            "topic": "transport",
            "agency_ids": [self.cast.agency.pk],
        }
        proposals.save_draft(draft_id=draft.pk, changes=changes, by=by, at=self.now)
        code = self.attempt(proposals.file_proposal, draft_id=draft.pk, by=by)
        if self.is_paused(self.now):
            assert code == "propose_paused"
            return
        rows = Proposal.objects.filter(pk__in=self.ids, subject=subject, reached_at__isnull=False)
        ages = [self.now - row.reached_at for row in rows]
        if any(age < SIX_MONTHS[0] for age in ages):
            assert code == "reproposal_barred"
        elif not any(age < SIX_MONTHS[1] for age in ages):
            assert code in ("done", "beyond_calendar"), code
        if code == "done":
            newest = Proposal.objects.latest("pk")
            self.ids.append(newest.pk)
            self.states[newest.pk] = State.CHECKING

    @rule(pick=PICK, who=st.integers(0, 1))
    def take_up(self, pick: int, who: int) -> None:
        self.attempt(
            proposals.take_up_check,
            proposal_id=self.one(pick, State.CHECKING).pk,
            by=self.cast.checkers[who],
        )

    @rule(pick=PICK, who=st.integers(0, 1))
    def release(self, pick: int, who: int) -> None:
        self.attempt(
            proposals.release_check,
            proposal_id=self.one(pick, State.CHECKING).pk,
            by=self.cast.checkers[who],
        )

    def _prepared(self, pick: int, who: int, prepare: bool) -> dict[str, Any]:
        proposal, by = self.one(pick, State.CHECKING), self.cast.checkers[who]
        if prepare:
            self.attempt(proposals.take_up_check, proposal_id=proposal.pk, by=by)
        return {"proposal_id": proposal.pk, "by": by}

    @rule(pick=PICK, who=st.integers(0, 1), prepare=MOSTLY)
    def accept(self, pick: int, who: int, prepare: bool) -> None:
        self.attempt(proposals.accept_for_endorsement, **self._prepared(pick, who, prepare))

    @precondition(lambda self: len(self.ids) < 4)
    @rule(who=st.integers(0, 5), accept=st.booleans())
    def file_and_check(self, who: int, accept: bool) -> None:
        self.file(who, None)
        newest = len(self.ids) - 1 + 6 * len(self.ids)
        if accept:
            self.accept(newest, 0, True)
        else:
            self.hide(newest, 0, True, None)

    @rule(
        pick=PICK,
        who=st.integers(0, 1),
        prepare=MOSTLY,
        merge=st.none() | st.integers(0, 3),
    )
    def hide(self, pick: int, who: int, prepare: bool, merge: int | None) -> None:
        given = self._prepared(pick, who, prepare)
        ground = "virtual" if merge is None else "duplicate_open"
        target = None if merge is None else self.one(merge).pk
        self.attempt(proposals.hide, ground=ground, reason=REASON, merge_into_id=target, **given)

    @rule(pick=PICK, who=st.integers(0, 5), own=MOSTLY)
    def appeal(self, pick: int, who: int, own: bool) -> None:
        proposal = self.one(pick, State.HIDDEN)
        by = self._owner(proposal) if own else self.cast.citizens[who]
        self.attempt(proposals.appeal, proposal_id=proposal.pk, text=REASON * 2, by=by)

    @rule(pick=PICK, who=st.integers(0, 1), upheld=st.booleans(), prepare=MOSTLY)
    def decide(self, pick: int, who: int, upheld: bool, prepare: bool) -> None:
        if prepare:
            hidden = Proposal.objects.filter(pk__in=self.ids, state=State.HIDDEN)
            if not hidden.exists() and len(self.ids) < 4:
                self.file_and_check(pick % 6, False)
            self.appeal(pick, 0, True)
        self.attempt(
            proposals.decide_appeal,
            proposal_id=self.one(pick, State.HIDDEN).pk,
            upheld=upheld,
            reason=REASON,
            by=self.cast.checkers[who],
        )

    def _owner(self, proposal: Proposal) -> Actor:
        return next(c for c in self.cast.citizens if c.person_id == proposal.proposer_id)

    # --- endorsing --------------------------------------------------------------------------

    @rule(pick=PICK, who=st.integers(0, 5), late=SECONDS)
    def endorse(self, pick: int, who: int, late: timedelta) -> None:
        """By a request that may have waited for its turn, so its instant is a little earlier."""
        self._endorse(self.one(pick, State.ENDORSING), self.cast.citizens[who], self.now - late)

    @rule(pick=PICK, late=SECONDS)
    def everybody_endorses(self, pick: int, late: timedelta) -> None:
        proposal = self.one(pick, State.ENDORSING)
        self.now = max(self.now, proposal.opens_at or self.now)
        for by in self.cast.citizens:
            self.now += timedelta(microseconds=1)  # so that it shows which of them reached
            proposal.refresh_from_db()
            self._endorse(proposal, by, self.now - late)

    @rule(pick=PICK, who=st.integers(0, 5), early=st.sampled_from([0, 1]))
    def endorse_at_an_edge(self, pick: int, who: int, early: int) -> None:
        self.time_comes(pick, early)
        open_one = self.one(pick, State.ENDORSING, State.REACHED)
        self._endorse(open_one, self.cast.citizens[who], self.now)

    def _endorse(self, proposal: Proposal, by: Actor, at: datetime) -> None:
        rows = Endorsement.objects.filter(proposal=proposal)
        expected = "done"
        if proposal.state not in ENDORSABLE_STATES:
            expected = "not_endorsable"
        elif at < proposal.opens_at:
            expected = "endorse_too_early"
        elif at >= proposal.closes_at:
            expected = "endorse_too_late"
        elif self.is_paused(at):
            expected = "endorse_paused"
        elif rows.filter(person=by.person_id).exists():
            expected = "endorsed_already"
        code = self.attempt(proposals.endorse, proposal_id=proposal.pk, by=by, at=at)
        assert code == expected, (code, expected)
        count(self.now)

    @rule(pick=PICK, who=st.integers(0, 5), own=RARELY)
    def withdraw(self, pick: int, who: int, own: bool) -> None:
        proposal = self.one(pick)
        by = self._owner(proposal) if own else self.cast.citizens[who]
        code = self.attempt(proposals.withdraw, proposal_id=proposal.pk, reason=REASON, by=by)
        assert code == "not_proposer" or by.person_id == proposal.proposer_id

    @rule(pick=PICK)
    def withdraw_too_late(self, pick: int) -> None:
        proposal = self.one(pick, State.REACHED)
        if proposal.state in (State.REACHED, State.ANSWERED, State.LAPSED):
            by, given = self._owner(proposal), {"reason": REASON}
            code = self.attempt(proposals.withdraw, proposal_id=proposal.pk, by=by, **given)
            assert code == "not_withdrawable"

    # --- pauses -----------------------------------------------------------------------------

    @rule(ahead=AHEAD, hours=st.integers(1, 20 * 24), late=SECONDS)
    def declare_pause(self, ahead: timedelta, hours: int, late: timedelta) -> None:
        self.attempt(
            proposals.declare_pause,
            jurisdiction_id=self.cast.government,
            starts_at=self.now + ahead,
            ends_at=self.now + ahead + timedelta(hours=hours),
            reason_zh="選舉",
            reason_en="",
            source="公告",
            by=self.cast.admin,
            at=self.now - late,
        )

    @precondition(lambda self: bool(self.pauses()))
    @rule(pick=st.integers(0, 9))
    def cancel_pause(self, pick: int) -> None:
        rows = list(Pause.objects.filter(jurisdiction_id=self.cast.government).order_by("pk"))
        self.attempt(proposals.cancel_pause, pause_id=rows[pick % len(rows)].pk, by=self.cast.admin)

    # --- answering --------------------------------------------------------------------------

    @rule(pick=PICK, stale=RARELY, adoption=st.sampled_from(["adopted", ""]))
    def draft_response(self, pick: int, stale: bool, adoption: str) -> None:
        proposal = self.one(pick, State.REACHED)
        draft = Response.objects.filter(case_id=proposal.case_id, published_at=None).first()
        revision = draft.revision if draft else 0
        code = self.attempt(
            casework.draft_response,
            case_id=proposal.case_id,
            blocks=BLOCKS,
            adoption=adoption,
            revision=revision + stale,
            by=self.cast.officer,
        )
        assert not (stale and code == "done"), "a save overwrote what it had not seen"

    @rule(pick=PICK, prepare=MOSTLY)
    def publish(self, pick: int, prepare: bool) -> None:
        if prepare:
            self.draft_response(pick, False, "adopted")
        proposal = self.one(pick, State.REACHED)
        draft = Response.objects.filter(case_id=proposal.case_id, published_at=None).first()
        awaited = proposal.state == State.REACHED
        code = self.attempt(
            proposals.publish_answer,
            proposal_id=proposal.pk,
            revision=draft.revision if draft else 0,
            by=self.cast.officer,
        )
        assert (code == "done") <= awaited

    # --- what must hold ---------------------------------------------------------------------

    @invariant()
    def every_change_is_in_the_table(self) -> None:
        for proposal in Proposal.objects.filter(pk__in=self.ids):
            before, after = self.states[proposal.pk], State(proposal.state)
            assert after == before or (before, after) in LAWFUL, f"{before} became {after}"
            self.states[proposal.pk] = after
            self.seen[after.value] += 1

    @invariant()
    def endorsements_are_exact(self) -> None:
        pauses = self.pauses()
        for proposal in Proposal.objects.filter(pk__in=self.ids):
            rows = list(Endorsement.objects.filter(proposal=proposal).order_by("number"))
            assert [row.number for row in rows] == list(range(1, proposal.endorsed + 1))
            assert len({row.person_id for row in rows}) == len(rows), "twice by one person"
            assert [row.leaf_index for row in rows] == sorted(row.leaf_index or 0 for row in rows)
            for row in rows:
                assert proposal.opens_at <= row.at < proposal.closes_at
                assert not any(a <= row.at < b for a, b in pauses), "endorsed inside a pause"
            reached = rows[THRESHOLD - 1].at if len(rows) >= THRESHOLD else None
            assert proposal.reached_at == reached
            assert (reached is not None) == (proposal.state in (State.REACHED, State.ANSWERED))

    @invariant()
    def windows_keep_their_days(self) -> None:
        pauses = self.pauses()
        for window in Deadline.objects.filter(kind="endorse_close").select_related(
            "case__proposal"
        ):
            proposal = window.case.proposal
            if window.outcome != "cancelled":
                length = window.due_at - window.starts_at
                paused = paused_time(window.starts_at, window.due_at, pauses)
                assert length - paused == ENDORSE_DAYS, (length, paused)
                assert (proposal.opens_at, proposal.closes_at) == (window.starts_at, window.due_at)
            if window.outcome == "open" and self.now >= window.due_at:
                stage = stage_of(
                    State(proposal.state),
                    self.now,
                    opens_at=proposal.opens_at,
                    closes_at=proposal.closes_at,
                )
                assert stage is not Stage.ENDORSING, "shown as open beyond its window"

    @invariant()
    def deadlines_end_once(self) -> None:
        rows = list(Deadline.objects.filter(case__jurisdiction_id=self.cast.government))
        kinds = Counter((row.case_id, row.kind) for row in rows)
        assert set(kinds.values()) <= {1}
        ended = Counter(
            (event.case_id, event.data["kind"])
            for event in Event.objects.filter(kind="casework.deadline_ended")
        )
        for row in rows:
            assert ended[row.case_id, row.kind] == (row.outcome != "open"), "two outcomes"
            late = row.outcome_at is not None and row.outcome_at >= row.due_at
            if row.kind == "endorse_close":
                assert row.missed_at is None
            elif row.outcome != "open":
                assert (row.missed_at is not None) == late
            assert row.missed_at in (None, row.due_at)

    @invariant()
    def the_case_agrees_with_its_proposal(self) -> None:
        ends = (State.LAPSED, State.WITHDRAWN, State.ANSWERED)
        for case in Case.objects.filter(proposal__in=self.ids).select_related("proposal"):
            state = State(case.proposal.state)
            assert (case.closed_at is not None) == (state in ends)
            published = Response.objects.filter(case=case, published_at__isnull=False)
            assert published.count() == (state is State.ANSWERED)
            open_kinds = set(case.deadlines.filter(outcome="open").values_list("kind", flat=True))
            assert open_kinds <= _may_run(state), (state, open_kinds)

    @invariant()
    def nobody_decides_twice_or_on_themselves(self) -> None:
        for check in Check.objects.filter(proposal__in=self.ids).select_related("proposal"):
            waiting = check.proposal.state in (State.CHECKING, State.WITHDRAWN)
            assert check.decided_at is not None or waiting
        for filed in Appeal.objects.filter(proposal__in=self.ids):
            assert filed.decided_by != filed.hidden_by


def _may_run(state: State) -> set[str]:
    return {
        State.CHECKING: {"check"},
        State.HIDDEN: {"appeal"},
        State.ENDORSING: {"endorse_close"},
        State.REACHED: {"endorse_close", "response", "handling_plan", "contact"},
        State.ANSWERED: {"endorse_close", "study_return"},
        State.LAPSED: set(),
        State.WITHDRAWN: set(),
    }[state]
