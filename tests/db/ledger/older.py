"""Platforms older than the public ledger, as an upgrade finds them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F

from minben.ledger.models import Intake
from minben.proposals.actions.folding import draw_on
from minben.proposals.models import Endorsement, Proposal
from tests.factories import DAY, DAY0, accept_one, file_one, make_agency, make_person

SECOND = timedelta(seconds=1)


def forget_the_ledger() -> None:
    """What was done so far was done before there was a ledger: nothing of it waits for a place."""
    Intake.objects.all().delete()


def count_by_hand(proposal: Proposal, times: Sequence[datetime]) -> None:
    """Endorsements as they were counted once: a number each, and neither salt nor place."""
    last = proposal.numbered
    Endorsement.objects.bulk_create(
        Endorsement(proposal=proposal, person=make_person(), number=number, at=at)
        for number, at in enumerate(times, start=last + 1)
    )
    Proposal.objects.filter(pk=proposal.pk).update(
        endorsed=F("endorsed") + len(times),
        numbered=F("numbered") + len(times),
        confirmed=F("confirmed") + len(times),
    )
    draw_on(proposal, times)
    proposal.refresh_from_db()


def older_proposal(
    endorsed: int, jurisdiction: str = "ey", agency: str = "mof", at: datetime = DAY0 + DAY
) -> Proposal:
    """A proposal that was open, and endorsed so often, before there was a ledger."""
    body = make_agency(code=agency, jurisdiction=jurisdiction)
    proposal = accept_one(file_one(agencies=(body,), jurisdiction=jurisdiction))
    count_by_hand(proposal, [at + n * SECOND for n in range(endorsed)])
    forget_the_ledger()
    return proposal
