"""The assisted route (臨櫃確認): a clerk confirms a person who has no mobile."""

from datetime import datetime

from django.db import transaction

from minben.audit.actions import record
from minben.kernel.actor import Actor, Role
from minben.kernel.refusal import Refusal
from minben.notify.actions import enqueue
from minben.people.models import CounterConfirmation, User
from minben.people.permissions import require_role
from minben.people.rules import COUNTER_MAX, ConfirmedBy, Document


@transaction.atomic
def confirm_at_counter(
    *, user_id: int, counter: str, document: str, by: Actor, at: datetime
) -> CounterConfirmation:
    """A clerk confirms a person without a mobile (臨櫃確認), once, and never oneself."""
    require_role(by, Role.CLERK)
    if by.person_id is None:  # the platform itself stands at no counter
        raise Refusal("not_permitted")
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise Refusal("person_unknown", field="email")
    if user.pk == by.person_id:
        raise Refusal("counter_oneself", field="email")
    if user.confirmed_at:
        raise Refusal("confirmed_already", field="email")
    if not counter.strip():
        raise Refusal("counter_missing", field="counter")
    if len(counter.strip()) > COUNTER_MAX:
        raise Refusal("counter_too_long", field="counter")
    if document not in {item.value for item in Document}:
        raise Refusal("document_unknown", field="document")
    user.confirmed_by, user.confirmed_at = ConfirmedBy.COUNTER, at
    user.save(update_fields=["confirmed_by", "confirmed_at"])
    confirmation = CounterConfirmation.objects.create(
        user=user, clerk_id=by.person_id, at=at, counter=counter.strip(), document=document
    )
    record(
        "people.counter_confirmed",
        by=by,
        at=at,
        subject=f"person:{user.pk}",
        private={"counter": confirmation.counter, "document": document},
    )
    enqueue(
        "people.counter_confirmed",
        fact=f"counter:{confirmation.pk}",
        recipient=f"person:{user.pk}",
        address=user.email,
        language=user.language,
        context={"counter": confirmation.counter},
        by=by,
        at=at,
    )
    return confirmation
