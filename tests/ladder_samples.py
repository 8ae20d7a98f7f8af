"""Statements about participation, as tests need them."""

from datetime import datetime

from minben.casework.models import Case
from minben.kernel.actor import Actor
from minben.kernel.periods import local_day
from minben.ladder import actions
from minben.ladder.actions import Telling
from minben.ladder.models import Statement
from minben.ladder.rules import Fact, Kind
from tests.factories import DAY0

HEARD = (
    Fact.PURPOSE_OPEN,
    Fact.ABOUT_MATTER,
    Fact.TOLD_BEFORE,
    Fact.COULD_SPEAK,
    Fact.OPTIONS_OPEN,
    Fact.WORKED_WITH,
)
TOLD = Telling(
    facts=HEARD,
    influence="流程、文字與畫面都還可以改，稅法本身不在範圍內。",
    decided="由財政部決定，工作坊的結論供決定參考。",
    outcome="下一個報稅季前公布結果與理由。",
)


def stated(case: Case, by: Actor, at: datetime = DAY0, told: Telling = TOLD) -> Statement:
    """A workshop the agency stated: consultation, with a seat at the table but no answer yet."""
    return actions.state_process(
        case_id=case.pk,
        kind=Kind.WORKSHOP,
        title="第一場工作坊",
        held_on=local_day(at),
        told=told,
        by=by,
        at=at,
    )
