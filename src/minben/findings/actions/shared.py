"""What the acts on studies share: who may, what a text must be, and telling the public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from minben.audit.actions import record
from minben.casework import queries as casework
from minben.discussion import actions as discussion
from minben.discussion.rules import PICTURE_TYPES
from minben.discussion.uploads import Received
from minben.findings import rules
from minben.findings.models import Finding, Study
from minben.findings.permissions import may_keep, may_publish
from minben.findings.rules import BASIS, Severity, text_fault
from minben.kernel.actor import Actor, ActorKind
from minben.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Facts:
    """What a study says of itself."""

    service: str
    tested_on: date
    method: str = ""
    bounds: str = ""
    source: str = ""
    groups: Sequence[rules.Group] = ()
    steps: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen at a step. `hit`: how many of the people stumbled over it."""

    step: str
    severity: Severity
    what: str
    hit: int
    quote: str = ""
    alt: str = ""


def require(case_id: int, by: Actor, *, publishing: bool = False) -> list[int]:
    """The ids of the case's agencies, lead first; refuses who is of none of them."""
    ids = [part.agency_id for part in casework.agencies_of_case(case_id)]
    if by.kind in (ActorKind.SYSTEM, ActorKind.ARCHIVE):
        return ids
    if not (may_publish if publishing else may_keep)(by, ids):
        raise Refusal("findings_not_yours", basis=BASIS)
    return ids


def text_of(value: str, field: str, most: int, least: int = rules.TEXT_MIN) -> str:
    """The text without space around it; refuses ``findings_text`` beside `field`."""
    if text_fault(value, most, least):
        raise Refusal("findings_text", field=field, least=least, most=most)
    return value.strip()


def draft_of(study_id: int, by: Actor) -> Study:
    """A study that is not published, locked; refuses who may not keep it."""
    study = Study.objects.select_for_update().get(pk=study_id)
    require(study.case_id, by)
    if study.published_at is not None:
        raise Refusal("findings_published_already", basis=BASIS)
    return study


def checked(study: Study, seen: Seen) -> dict[str, Any]:  # Any: values of fields
    """The fields of a finding that says `seen`."""
    step = study.steps.filter(name=seen.step).first()
    if step is None:
        raise Refusal("findings_step_unknown", field="step")
    people_in_all = sum(group.n for group in study.groups.all())
    if not 1 <= seen.hit <= people_in_all:
        raise Refusal("findings_number", field="hit", n=people_in_all)
    return {
        "step": step,
        "severity": Severity(seen.severity),
        "what": text_of(seen.what, "what", rules.WHAT_MAX),
        "quote": text_of(seen.quote, "quote", rules.QUOTE_MAX, 0),
        "alt": text_of(seen.alt, "alt", rules.ALT_MAX, 0),
        "hit": seen.hit,
        "people": people_in_all,
    }


def kept(picture: Received | None, alt: str, by: Actor, at: datetime) -> dict[str, str]:
    """What a finding keeps of a screenshot; it needs words for those who can't see it."""
    if picture is None:
        return {}
    if picture.media_type not in PICTURE_TYPES:
        raise Refusal("findings_picture_type", field="picture")
    if not alt.strip():
        raise Refusal("findings_alt_missing", field="alt")
    file = discussion.keep_file(
        sha256=picture.sha256,
        name=picture.name,
        media_type=picture.media_type,
        size=picture.size,
        by=by,
        at=at,
    )
    return {"sha256": file.sha256, "name": file.name}


def published(finding_id: int, by: Actor, *, publishing: bool = False) -> tuple[Finding, Study]:
    """A finding of a published study and the study, which is locked."""
    row = Finding.objects.get(pk=finding_id)
    study = Study.objects.select_for_update().get(pk=row.study_id)
    require(study.case_id, by, publishing=publishing)
    if study.published_at is None:
        raise Refusal("findings_not_published", basis=BASIS)
    return row, study


def note(row: Finding, kind: str, by: Actor, at: datetime) -> None:
    """Record what was done to a finding of a draft."""
    record(kind, by=by, at=at, subject=f"finding:{row.pk}", case_id=row.study.case_id)


def tell(
    kind: str,
    study: Study,
    by: Actor,
    at: datetime,
    data: dict[str, Any],  # Any: JSON
) -> None:
    """Record what the agency tells in public of a study."""
    agency = study.agency
    record(
        kind,
        by=by,
        at=at,
        subject=f"study:{study.pk}",
        case_id=study.case_id,
        label=agency.name_zh,
        data={"study": study.pk, **data, "agency": {"zh": agency.name_zh, "en": agency.name_en}},
    )
