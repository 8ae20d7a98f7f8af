"""The acts on governments and agencies (政府與機關)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from minben.audit.actions import record
from minben.kernel.actor import Actor, Role
from minben.people.models import Agency, Jurisdiction
from minben.people.permissions import require_role


@transaction.atomic
def add_jurisdiction(
    *, code: str, name_zh: str, name_en: str, position: int, by: Actor, at: datetime
) -> Jurisdiction:
    """Add a government that takes proposals; the same code again changes nothing."""
    require_role(by, Role.ADMINISTRATOR)
    government, fresh = Jurisdiction.objects.get_or_create(
        code=code, defaults={"name_zh": name_zh, "name_en": name_en, "position": position}
    )
    if fresh:
        record("people.jurisdiction_added", by=by, at=at, subject=f"jurisdiction:{code}")
    return government


@transaction.atomic
def add_agency(
    *,
    code: str,
    jurisdiction_code: str,
    name_zh: str,
    name_en: str,
    by: Actor,
    at: datetime,
    parent_code: str | None = None,
    aliases: Sequence[str] = (),
    topics: Sequence[str] = (),
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> tuple[Agency, bool]:
    """Add an agency; returns it and whether it is new. The same code again changes nothing."""
    require_role(by, Role.ADMINISTRATOR)
    existing = Agency.objects.filter(code=code).first()
    if existing:
        return existing, False
    agency = Agency.objects.create(
        code=code,
        jurisdiction=Jurisdiction.objects.get(code=jurisdiction_code),
        parent=Agency.objects.get(code=parent_code) if parent_code else None,
        name_zh=name_zh,
        name_en=name_en,
        aliases=list(aliases),
        topics=list(topics),
        valid_from=valid_from,
        valid_until=valid_until,
    )
    record("people.agency_added", by=by, at=at, subject=f"agency:{agency.pk}", data={"code": code})
    return agency, True
