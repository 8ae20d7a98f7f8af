"""Drawing the sheets of a case (議題分析表、利害關係人), and publishing versions of them."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from minben.audit.actions import record
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.operations.rules import Service
from minben.operations.switches import refuse_if_stopped
from minben.proceedings.models import SheetVersion, Worksheet
from minben.proceedings.permissions import require_draw
from minben.proceedings.rules import PRACTICE, SheetKind, issues, stakeholders
from minben.proceedings.rules.issues import IssueSheet, NodeKind
from minben.proceedings.rules.stakeholders import Stakeholder, StakeholderMap

Content = dict[str, Any]  # Any: JSON


def _locked(case_id: int, kind: SheetKind, by: Actor, at: datetime) -> Worksheet:
    """The draft, locked, begun if nobody did."""
    refuse_if_stopped(Service.CREATING)
    require_draw(by, case_id)
    Worksheet.objects.get_or_create(
        case_id=case_id, kind=kind, defaults={"changed_at": at, "changed_by": by.id}
    )
    rows = Worksheet.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(case=case_id, kind=kind)


def _change(
    case_id: int,
    kind: SheetKind,
    change: Callable[[Content], Content],
    by: Actor,
    at: datetime,
) -> None:
    sheet = _locked(case_id, kind, by, at)
    content = change(sheet.content)
    if content == sheet.content:
        return
    sheet.content, sheet.changed_at, sheet.changed_by = content, at, by.id
    sheet.save(update_fields=["content", "changed_at", "changed_by"])
    record(
        "proceedings.sheet_changed",
        by=by,
        at=at,
        subject=f"worksheet:{sheet.pk}",
        case_id=case_id,
        data={"kind": kind},
    )


def _issues(
    case_id: int, change: Callable[[IssueSheet], IssueSheet], by: Actor, at: datetime
) -> None:
    def changed(content: Content) -> Content:
        return change(IssueSheet.from_json(content)).to_json()

    _change(case_id, SheetKind.ISSUES, changed, by, at)


def _stakeholders(
    case_id: int, change: Callable[[StakeholderMap], StakeholderMap], by: Actor, at: datetime
) -> None:
    def changed(content: Content) -> Content:
        return change(StakeholderMap.from_json(content)).to_json()

    _change(case_id, SheetKind.STAKEHOLDERS, changed, by, at)


@transaction.atomic
def add_issue(
    *, case_id: int, kind: NodeKind, text: str, source: str = "", by: Actor, at: datetime
) -> None:
    """Add a text to the issue sheet. Refusals: those of `issues.add_node`."""
    _issues(case_id, lambda sheet: issues.add_node(sheet, kind, text, source), by, at)


@transaction.atomic
def edit_issue(
    *,
    case_id: int,
    key: int,
    text: str,
    source: str = "",
    revision: int,
    by: Actor,
    at: datetime,
) -> None:
    """Change a text, unless somebody else did since `revision`. See `issues.edit_node`."""
    _issues(
        case_id,
        lambda sheet: issues.edit_node(sheet, key, text, source, revision=revision),
        by,
        at,
    )


@transaction.atomic
def remove_issue(*, case_id: int, key: int, revision: int, by: Actor, at: datetime) -> None:
    """Take a text off the sheet, with its links."""
    _issues(case_id, lambda sheet: issues.remove_node(sheet, key, revision=revision), by, at)


@transaction.atomic
def link_issues(*, case_id: int, one: int, other: int, by: Actor, at: datetime) -> None:
    """Link two texts, if their kinds may be. See `issues.link_nodes`."""
    _issues(case_id, lambda sheet: issues.link_nodes(sheet, one, other), by, at)


@transaction.atomic
def unlink_issues(*, case_id: int, one: int, other: int, by: Actor, at: datetime) -> None:
    """Take a link away; without one nothing happens."""
    _issues(case_id, lambda sheet: issues.unlink_nodes(sheet, one, other), by, at)


@transaction.atomic
def add_stakeholder(*, case_id: int, row: Stakeholder, by: Actor, at: datetime) -> None:
    """Add a stakeholder to the map; key and revision of `row` are not looked at."""
    _stakeholders(case_id, lambda sheet: stakeholders.add_stakeholder(sheet, row), by, at)


@transaction.atomic
def edit_stakeholder(*, case_id: int, row: Stakeholder, by: Actor, at: datetime) -> None:
    """Change a stakeholder, unless somebody else did since ``row.revision``."""
    _stakeholders(case_id, lambda sheet: stakeholders.edit_stakeholder(sheet, row), by, at)


@transaction.atomic
def remove_stakeholder(*, case_id: int, key: int, revision: int, by: Actor, at: datetime) -> None:
    """Take a stakeholder off the map."""
    _stakeholders(
        case_id,
        lambda sheet: stakeholders.remove_stakeholder(sheet, key, revision=revision),
        by,
        at,
    )


@transaction.atomic
def publish_sheet(*, case_id: int, kind: SheetKind, by: Actor, at: datetime) -> SheetVersion:
    """Publish the draft as the next version; earlier versions stay readable.

    Raises:
        Refusal: ``not_agency_of_case``, ``sheet_empty``, or ``sheet_not_changed`` when the newest
            version says the same.
    """
    sheet = _locked(case_id, kind, by, at)
    if not sheet.content.get("nodes") and not sheet.content.get("rows"):
        raise Refusal("sheet_empty", basis=PRACTICE)
    digest = hashlib.sha256(
        json.dumps(sheet.content, ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()
    newest = sheet.versions.first()
    if newest and newest.sha256 == digest:
        raise Refusal("sheet_not_changed", version=newest.number)
    version = SheetVersion.objects.create(
        worksheet=sheet,
        number=newest.number + 1 if newest else 1,
        content=sheet.content,
        sha256=digest,
        published_at=at,
        published_by=by.id,
    )
    record(
        "proceedings.sheet_published",
        by=by,
        at=at,
        subject=f"worksheet:{sheet.pk}",
        case_id=case_id,
        data={"kind": kind, "version": version.number, "sha256": digest},
    )
    return version
