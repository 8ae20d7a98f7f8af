"""Letters that come back (退信): counted, and after a while no more are sent there."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from minben.kernel.actor import Actor
from minben.kernel.periods import local_day
from minben.kernel.refusal import Refusal
from minben.notify.actions.outbox import enqueue
from minben.notify.dsn import Line
from minben.notify.models import ReturnedAddress
from minben.notify.proving import prove_token, proved_address
from minben.notify.queries import names_of_letters, returned
from minben.notify.registry import PROVE
from minben.notify.rules import Report, days_after, report_of, stops


class Bounce(StrEnum):
    """What one line of a notification came to."""

    STOPPED = "stopped"
    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    NOT_OURS = "not_ours"  # it returns no letter that left here for that address
    NOTHING = "nothing"


@transaction.atomic
def note_bounce(*, recipient: str, line: Line, message_id: str, by: Actor, at: datetime) -> Bounce:
    """Note that a letter came back from an address of somebody; `message_id` is of that letter.

    Days are those on which our letters left, whatever the notification says of itself.
    """
    report = report_of(line.action, line.status)
    if report is Report.NOTHING:
        return Bounce.NOTHING
    sent_at = _sent(recipient, line.address, message_id)
    if sent_at is None:
        return Bounce.NOT_OURS
    ReturnedAddress.objects.bulk_create(
        [ReturnedAddress(address=line.address, status=line.status, at=at)], ignore_conflicts=True
    )
    row = ReturnedAddress.objects.select_for_update().get(address=line.address)
    row.status, row.at = line.status, at
    if report is Report.TEMPORARY:
        row.temporary += 1
        row.save()
        return Bounce.TEMPORARY
    days, row.last_day = days_after(row.permanent_days, row.last_day, local_day(sent_at))
    row.permanent_days = days
    stopped = row.stopped_at is None and stops(days, line.status)
    row.stopped_at = at if stopped else row.stopped_at
    row.save()
    return Bounce.STOPPED if stopped else Bounce.PERMANENT


def _sent(recipient: str, address: str, message_id: str) -> datetime | None:
    """When the letter of that name left; by what stands before the @, as its log is read."""
    name = message_id.partition("@")[0]
    known = names_of_letters(recipient, address)
    return next((at for key, at in known.items() if key.partition("@")[0] == name), None)


@transaction.atomic
def ask_for_proof(*, recipient: str, address: str, language: str, by: Actor, at: datetime) -> None:
    """Send one letter a day to an address nothing else is sent to, with which to prove it again.

    Raises:
        Refusal: ``address_not_returned``.
    """
    known = returned(address)
    if known is None or known.stopped_at is None:
        raise Refusal("address_not_returned")
    enqueue(
        PROVE,
        fact=f"returned:{known.pk}:{local_day(at)}",
        recipient=recipient,
        address=address,
        language=language,
        context={"address": known.address, "token": prove_token(recipient, known.address)},
        by=by,
        at=at,
    )


@transaction.atomic
def prove_address(*, token: str, recipient: str, by: Actor, at: datetime) -> None:
    """Send letters to an address again: somebody read one there, and is signed in.

    Raises:
        Refusal: ``proof_unknown``.
    """
    address = proved_address(token, recipient)
    if not address:
        raise Refusal("proof_unknown")
    ReturnedAddress.objects.filter(address=address).delete()
