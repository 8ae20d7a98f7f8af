"""What the tests of the ledger's pages share: a small log with somebody's endorsement in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from minben.kernel.actor import SYSTEM
from minben.ledger import actions as ledger
from minben.people.models import User
from minben.proposals.models import Endorsement, Proposal
from tests.factories import actor, count, endorse, make_agency, make_person
from tests.web.proposals.stages import OPEN, open_one

SIGNED = OPEN + timedelta(minutes=5)


@dataclass(frozen=True)
class Small:
    """A proposal with endorsements, all of them entered and signed for."""

    proposal: Proposal
    proposer: User
    person: User
    endorsement: Endorsement

    @property
    def number(self) -> str:
        return str(self.proposal.case.number)


def sign(at: datetime = SIGNED) -> None:
    """Enter what waits and sign a checkpoint."""
    count(at)
    ledger.sign_checkpoint(by=SYSTEM, at=at)


def small(others: int = 2) -> Small:
    """A proposal endorsed by a few, the last of whom is the person asked about."""
    proposer, person = make_person(at=OPEN), make_person("阿明", at=OPEN)
    proposal = open_one(proposer, agencies=(make_agency(),))
    for n in range(others):
        by = actor(make_person(at=OPEN))
        endorse(proposal_id=proposal.pk, by=by, at=OPEN + timedelta(seconds=n))
    made = endorse(
        proposal_id=proposal.pk,
        by=actor(person),
        at=OPEN + timedelta(minutes=1),
        reason="我每天都走",
    )
    sign()
    return Small(proposal, proposer, person, made)
