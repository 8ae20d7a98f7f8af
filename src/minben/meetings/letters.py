"""Whom the acts on a meeting tell (通知): written into the outbox with the act itself."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from minben.casework.about import about_one
from minben.kernel.actor import Actor
from minben.kernel.periods import TAIPEI
from minben.meetings.inviting import endorsers_of
from minben.meetings.models import Meeting, Registration
from minben.meetings.rules.places import ENDORSERS_MAX, PlaceState
from minben.notify import actions as notify
from minben.people import queries as people

if TYPE_CHECKING:
    from minben.people.models import User


def _reader(user: "User") -> notify.Reader:
    return notify.Reader(f"person:{user.pk}", user.email, user.language)


def _about(meeting: Meeting) -> dict[str, Any]:  # Any: JSON values
    """What every letter on a meeting can say; times as Taiwan reads them."""
    starts = meeting.starts_at.astimezone(TAIPEI) if meeting.starts_at else None
    ends = meeting.ends_at.astimezone(TAIPEI) if meeting.ends_at else None
    return {
        "meeting": meeting.number,
        "number": meeting.case.number,
        "kind": meeting.kind,
        "title": meeting.title,
        "subject": about_one(meeting.case_id).subject,
        "agency_zh": meeting.agency.name_zh,
        "agency_en": meeting.agency.name_en,
        "day": f"{starts:%Y-%m-%d}" if starts else "",
        "from": f"{starts:%H:%M}" if starts else "",
        "to": f"{ends:%H:%M}" if ends else "",
        "place": meeting.place,
        "reason": meeting.cancel_reason,
        "most": ENDORSERS_MAX,
    }


def _tell(
    kind: str,
    meeting: Meeting,
    users: "Iterable[User]",
    fact: str,
    by: Actor,
    at: datetime,
    **more: Any,  # Any: JSON values
) -> None:
    notify.enqueue_all(
        f"meetings.{kind}",
        fact=fact,
        readers=[_reader(user) for user in users],
        context=_about(meeting) | more,
        by=by,
        at=at,
    )


def tell_person(
    kind: str, meeting: Meeting, person_id: int, *, by: Actor, at: datetime, fact: str = ""
) -> None:
    """Tell one account."""
    user = people.user_by_id(person_id)
    _tell(kind, meeting, [user], fact or f"meeting:{meeting.pk}", by, at)


def tell_place(kind: str, meeting: Meeting, row: Registration, *, by: Actor, at: datetime) -> None:
    """Tell whoever registered what became of it; whoever was only named has no address here."""
    if row.person is not None:
        _tell(kind, meeting, [row.person], f"place:{row.pk}", by, at, queue=row.queue or 0)


def tell_places(
    kind: str, meeting: Meeting, *, by: Actor, at: datetime, version: datetime | None = None
) -> None:
    """Tell everybody who has a place or waits for one, at most a few hundred."""
    rows = Registration.objects.filter(
        meeting=meeting,
        state__in=[PlaceState.SEATED, PlaceState.WAITING],
        person__isnull=False,
    ).select_related("person")
    fact = f"meeting:{meeting.pk}" + (f":{version.isoformat()}" if version else "")
    _tell(kind, meeting, [row.person for row in rows if row.person], fact, by, at)


def tell_endorsers(meeting: Meeting, *, by: Actor, at: datetime) -> bool:
    """Write to all endorsers of the case; False where there are none to write to."""
    declared = endorsers_of(meeting.case.origin)
    ref = declared.ref(meeting.case_id) if declared else None
    if declared is None or ref is None:
        return False
    notify.begin_mailing(
        "meetings.endorsers_invited",
        fact=f"meeting:{meeting.pk}",
        audience=declared.audience,
        ref=ref,
        version=1,
        context=_about(meeting),
        case_id=meeting.case_id,
        by=by,
        at=at,
    )
    return True


def tell_agency(
    kind: str,
    meeting: Meeting,
    agency_id: int,
    fact: str,
    *,
    by: Actor,
    at: datetime,
    text: str,
    due: str,
) -> None:
    """Tell officers and leads of an agency of an action."""
    _tell(kind, meeting, people.officers_of(agency_id, at), fact, by, at, text=text, due=due)


def tell_all(kind: str, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Tell everybody who had a place, and the proposer."""
    tell_places(kind, meeting, by=by, at=at)
    petitioner = about_one(meeting.case_id).petitioner_id
    if petitioner is not None:
        tell_person(kind, meeting, petitioner, by=by, at=at)
