"""Refusals of closing an account."""

from minben.kernel.actor import Actor
from minben.people import actions as people
from minben.proposals import actions as proposals
from tests.db.refused import REASON, admin, answered, checker, citizen, hidden_one, owned
from tests.factories import DAY0, actor


def close(by: Actor) -> None:
    people.close_account(keep_comments=False, by=by, at=DAY0)


@answered(409)
def erase_role() -> None:
    admin()
    close(checker())


@answered(409)
def erase_checking() -> None:
    user, _ = owned()
    close(actor(user))


@answered(409)
def erase_appealing() -> None:
    user, proposal, _ = hidden_one()
    proposals.appeal(proposal_id=proposal.pk, text=REASON * 2, by=actor(user), at=DAY0)
    close(actor(user))


@answered(409)
def closing_already() -> None:
    by = citizen()
    close(by)
    close(by)


@answered(409)
def closing_not_asked() -> None:
    people.keep_account(by=citizen(), at=DAY0)
