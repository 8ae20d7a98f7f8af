"""Pauses before elections (選舉期間暫停提議與附議)."""

from datetime import datetime

from django.db import transaction

from minben.audit.actions import record
from minben.casework.actions.deadlines import restore_paused_time
from minben.casework.models import Pause
from minben.casework.permissions import require
from minben.casework.rules import PAUSE_MAX, pause_fault
from minben.kernel.actor import Actor, Role
from minben.kernel.refusal import Refusal

BASIS = "公共政策網路參與實施要點 (2017-06-16)：投票日前六十日至投票日暫停提議及附議"


@transaction.atomic
def declare_pause(
    *,
    jurisdiction_id: int,
    starts_at: datetime,
    ends_at: datetime,
    reason_zh: str,
    reason_en: str,
    source: str,
    by: Actor,
    at: datetime,
) -> Pause:
    """Declare a pause that has not begun before today; windows get their time back at once."""
    require(by, Role.ADMINISTRATOR)
    if code := pause_fault(starts_at, ends_at, at):
        raise Refusal(code, basis=BASIS, field="ends_on", most=PAUSE_MAX.days)
    _refuse_unexplained(reason_zh, reason_en, source)
    pause = Pause.objects.create(
        jurisdiction_id=jurisdiction_id,
        starts_at=max(starts_at, at),
        ends_at=ends_at,
        reason_zh=reason_zh,
        reason_en=reason_en,
        source=source,
        declared_at=at,
        declared_by=by.id,
    )
    record(
        "casework.pause_declared",
        by=by,
        at=at,
        subject=f"pause:{pause.pk}",
        data={
            "jurisdiction": pause.jurisdiction.code,
            "starts_at": pause.starts_at.isoformat(),
            "ends_at": ends_at.isoformat(),
            "reason": reason_zh,
            "source": source,
        },
    )
    restore_paused_time(jurisdiction_id=jurisdiction_id, by=by, at=at)
    return pause


def _refuse_unexplained(reason_zh: str, reason_en: str, source: str) -> None:
    """Whoever is kept from proposing may read why, and where that is announced."""
    for field, text, most in (
        ("reason_zh", reason_zh, 200),
        ("reason_en", reason_en, 200),
        ("source", source, 300),
    ):
        if not text.strip() and field != "reason_en":
            raise Refusal("pause_unexplained", basis=BASIS, field=field)
        if len(text) > most:
            raise Refusal("pause_text_too_long", field=field, most=most)


@transaction.atomic
def cancel_pause(*, pause_id: int, by: Actor, at: datetime) -> Pause:
    """Cancel a pause. One that has begun ends now; one to come never begins."""
    require(by, Role.ADMINISTRATOR)
    pause = Pause.objects.select_for_update().get(pk=pause_id)
    if pause.cancelled_at or pause.ends_at <= at:
        raise Refusal("pause_over", basis=BASIS)
    if pause.starts_at < at:
        pause.ends_at = at
    else:
        pause.cancelled_at = at
    pause.save(update_fields=["ends_at", "cancelled_at"])
    record(
        "casework.pause_cancelled",
        by=by,
        at=at,
        subject=f"pause:{pause.pk}",
        data={"jurisdiction": pause.jurisdiction.code, "ends_at": pause.ends_at.isoformat()},
    )
    restore_paused_time(jurisdiction_id=pause.jurisdiction_id, by=by, at=at)
    return pause
