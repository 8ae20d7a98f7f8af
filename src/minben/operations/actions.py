"""The only writer of switches and pulses."""

from datetime import datetime

from django.db import transaction

from minben.audit.actions import record
from minben.base import hot_pages
from minben.kernel.actor import Actor, ActorKind, Role
from minben.kernel.refusal import Refusal
from minben.operations import switches
from minben.operations.models import Pulse, Switch
from minben.operations.rules import REASON_MAX, Service, reason_fault


@transaction.atomic
def set_switch(
    *, service: Service, stop: bool, reason_zh: str, reason_en: str, by: Actor, at: datetime
) -> Switch:
    """Stop a service, or let it go on; the reason is public either way.

    Every process of the platform follows within a second. Allowed to administrators, and to the
    platform's own command line.

    Raises:
        Refusal: ``not_permitted``, ``switch_already``, ``switch_reason_missing``,
            ``switch_reason_too_long``.
    """
    Switch.objects.get_or_create(service=service.value)
    switch = Switch.objects.select_for_update().get(service=service.value)
    if by.kind is not ActorKind.SYSTEM and not by.has(Role.ADMINISTRATOR):
        raise Refusal("not_permitted")
    if switch.stopped is stop:
        raise Refusal("switch_already")
    if fault := reason_fault(reason_zh, reason_en):
        raise Refusal(fault[0], field=fault[1], limit=REASON_MAX)
    switch.stopped = stop
    switch.reason_zh, switch.reason_en = reason_zh.strip(), reason_en.strip()
    switch.changed_by, switch.changed_at = by.id, at
    switch.save()
    record(
        "operations.switched",
        by=by,
        at=at,
        subject=f"switch:{service.value}",
        data={
            "switch": service.value,
            "on": stop,
            "reason": switch.reason_zh,
            "reason_en": switch.reason_en,
        },
    )
    transaction.on_commit(switches.forget)
    transaction.on_commit(hot_pages.forget_all)  # the banner stands on them
    return switch


def beat(*, work: str, by: Actor, at: datetime) -> None:
    """Note that a piece of the platform's own work was done at `at`, by the real clock."""
    Pulse.objects.update_or_create(work=work, defaults={"last_done": at})
