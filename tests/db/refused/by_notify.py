"""Refusals of the acts on the outbox."""

from minben.kernel.actor import SYSTEM
from minben.notify import actions
from tests.db.refused import answered
from tests.factories import DAY0


@answered(409)
def not_doubtful() -> None:
    actions.settle_doubt(notice_id=1, accepted=True, by=SYSTEM, at=DAY0)
