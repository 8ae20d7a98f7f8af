"""The tick: twice is once, and late is the same as on time."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from minben.audit.models import Event
from minben.casework import actions as casework
from minben.casework.models import Case, Deadline
from minben.config.jobs import tick
from minben.kernel.actor import Actor, Role
from minben.proposals import actions as proposals
from minben.proposals.models import Proposal
from minben.proposals.rules import State
from tests.factories import (
    DAY,
    DAY0,
    actor,
    endorse,
    file_one,
    make_agency,
    make_person,
    make_staff,
)

pytestmark = pytest.mark.django_db
BLOCKS = dict.fromkeys(("analysis", "deliberation", "adoption_reason", "follow_up"), "已研議。")
REASON = "這是公開的理由。"
END = 130  # days that the story takes
Story = list[tuple[float, Callable[..., Any]]]


class Cast:
    """Who acts in the story, and its five proposals by letter."""

    def __init__(self) -> None:
        self.agency = make_agency()
        self.officer = make_staff(Role.OFFICER, self.agency)
        self.admin = make_staff(Role.ADMINISTRATOR)
        self.checkers = [make_staff(Role.CHECKER) for _ in range(2)]
        self.owner = make_person()
        self.endorsers = [make_person() for _ in range(3)]
        self.ids = {
            letter: file_one(self.owner, subject=letter * 12, agencies=(self.agency,)).pk
            for letter in "ABCDE"
        }
        self.by: Actor = actor(self.owner)

    def one(self, letter: str) -> Proposal:
        return Proposal.objects.get(pk=self.ids[letter])

    def check(self, letter: str, *, at: datetime, ground: str = "") -> None:
        given: dict[str, Any] = {"proposal_id": self.ids[letter], "by": self.checkers[0], "at": at}
        proposals.take_up_check(**given)
        if ground:
            proposals.hide(ground=ground, reason=REASON, **given)
        else:
            proposals.accept_for_endorsement(**given)

    def endorse(self, letter: str, *, at: datetime) -> None:
        Proposal.objects.filter(pk=self.ids[letter]).update(threshold=3)
        for user in self.endorsers:
            endorse(proposal_id=self.ids[letter], by=actor(user), at=at)

    def pause(self, days: float, *, at: datetime) -> int:
        return proposals.declare_pause(
            jurisdiction_id=self.one("A").case.jurisdiction_id,
            starts_at=at + DAY,
            ends_at=at + DAY + timedelta(days=days),
            reason_zh="選舉",
            reason_en="",
            source="公告",
            by=self.admin,
            at=at,
        ).pk

    def cancel_last(self, *, at: datetime) -> None:
        last = max(self.pauses)
        proposals.cancel_pause(pause_id=last, by=self.admin, at=at)

    @property
    def pauses(self) -> list[int]:
        events = Event.objects.filter(kind="casework.pause_declared")
        return [int(event.subject.split(":")[1]) for event in events]

    def answer(self, letter: str, *, at: datetime) -> None:
        case_id = self.one(letter).case_id
        casework.draft_response(
            case_id=case_id, blocks=BLOCKS, adoption="adopted", revision=0, by=self.officer, at=at
        )
        proposals.publish_answer(proposal_id=self.ids[letter], revision=1, by=self.officer, at=at)

    def story(self) -> Story:
        """A: lapses. B: withdrawn unchecked, too late. C: checked late, reaches, answered late.

        D: hidden, appealed, upheld late, lapses. E: never checked. Two pauses, one cancelled.
        """
        b, d = self.ids["B"], self.ids["D"]
        return [
            (1, partial(self.check, "A")),
            (2, partial(self.check, "D", ground="virtual")),
            (3, partial(proposals.appeal, proposal_id=d, text=REASON * 2, by=self.by)),
            (8, partial(proposals.withdraw, proposal_id=b, reason=REASON, by=self.by)),
            (10, partial(self.check, "C")),
            (12, partial(self.pause, 9)),
            (25, partial(self.endorse, "C")),
            (
                28,
                partial(
                    proposals.decide_appeal,
                    proposal_id=d,
                    upheld=True,
                    reason=REASON,
                    by=self.checkers[1],
                ),
            ),
            (40, partial(self.pause, 20)),
            (45, self.cancel_last),
            (95, partial(self.answer, "C")),
        ]


def dump(cast: Cast) -> str:
    """Deadlines, states and events without what may differ: row numbers and writing times."""
    names = {cast.one(letter).case_id: letter for letter in "ABCDE"}
    cases = Case.objects.filter(pk__in=names)
    deadlines = Deadline.objects.filter(case__in=names)
    events = Event.objects.filter(case_id__in=names)
    facts = [
        *([names[c.pk], "case", str(c.closed_at)] for c in cases),
        *(
            [
                names[d.case_id],
                d.kind,
                str(d.due_at),
                d.outcome,
                str(d.outcome_at),
                str(d.missed_at),
            ]
            for d in deadlines
        ),
        *(
            [p.subject, p.state, p.endorsed, str(p.closes_at), str(p.reached_at)]
            for p in map(cast.one, "ABCDE")
        ),
        *(
            [names[e.case_id or 0], e.kind, str(e.at), e.actor, e.subject.split(":")[0], e.data]
            for e in events
        ),
    ]
    lines = sorted(json.dumps(fact, ensure_ascii=False, sort_keys=True) for fact in facts)
    return re.sub(r'2026-\d{6}|"response": \d+', "…", "\n".join(lines))


def played(cast: Cast, ticks: list[float]) -> str:
    """Play the story with ticks on the given days, look at what came of it, and undo it."""
    acts: Story = [*cast.story(), *((day, _tick) for day in ticks), (END, _tick)]
    with transaction.atomic():
        for day, act in sorted(acts, key=lambda pair: pair[0]):
            act(at=DAY0 + timedelta(days=day))
        found = dump(cast)
        transaction.set_rollback(True)
    return found


def _tick(*, at: datetime) -> None:
    tick(at)


def test_a_tick_that_did_not_run_for_months_leaves_the_same_rows_as_one_every_day() -> None:
    cast = Cast()
    daily = played(cast, [day + 0.5 for day in range(END)])
    assert '"lapsed"' in daily
    assert daily.count("casework.deadline_missed") == 7  # B, C four times, D's appeal, E
    assert played(cast, []) == daily
    assert played(cast, [95 - 0.001, 95 + 0.001]) == daily
    assert played(cast, [day / 2 + 0.25 for day in range(2 * END)]) == daily


def test_twice_is_once() -> None:
    cast = Cast()
    for day, act in cast.story():
        act(at=DAY0 + timedelta(days=day))
    late = DAY0 + END * DAY
    first = tick(late)
    assert first["windows_closed"] == 3  # A and D lapse, C's window closes
    assert first["deadlines_missed"] >= 1
    before = dump(cast)
    second = tick(late)
    assert {second["windows_closed"], second["deadlines_missed"], second["notices_sent"]} == {0}
    assert dump(cast) == before


@pytest.mark.parametrize(("microseconds", "closed"), [(-1, 0), (0, 1), (1, 1)])
def test_a_window_closes_at_its_instant_and_not_before(microseconds: int, closed: int) -> None:
    cast = Cast()
    cast.check("A", at=DAY0)
    at = cast.one("A").closes_at + timedelta(microseconds=microseconds)
    assert tick(at)["windows_closed"] == closed
    assert cast.one("A").state == (State.LAPSED if closed else State.ENDORSING)


def test_what_a_late_tick_finds_is_dated_when_it_happened() -> None:
    cast = Cast()
    cast.check("A", at=DAY0)
    closes_at = cast.one("A").closes_at
    tick(closes_at + 30 * DAY)
    proposal = cast.one("A")
    event = Event.objects.get(kind="proposals.lapsed", case_id=proposal.case_id)
    window = Deadline.objects.get(case_id=proposal.case_id, kind="endorse_close")
    assert event.at == window.outcome_at == proposal.case.closed_at == closes_at
