"""Sheets of cases: drafts for staff, published versions for everybody."""

from collections.abc import Sequence
from typing import Any

from minben.proceedings.models import SheetVersion, Worksheet
from minben.proceedings.rules import SheetKind
from minben.proceedings.rules.issues import IssueSheet
from minben.proceedings.rules.stakeholders import StakeholderMap


def draft(case_id: int, kind: SheetKind) -> Worksheet | None:
    """The draft of one sheet. One query."""
    return Worksheet.objects.filter(case=case_id, kind=kind).first()


def issue_draft(case_id: int) -> IssueSheet:
    """The issue sheet as it is being worked on; empty before anybody began. One query."""
    found = draft(case_id, SheetKind.ISSUES)
    return IssueSheet.from_json(found.content if found else {})


def stakeholder_draft(case_id: int) -> StakeholderMap:
    """The stakeholder map as it is being worked on. One query."""
    found = draft(case_id, SheetKind.STAKEHOLDERS)
    return StakeholderMap.from_json(found.content if found else {})


def versions(case_id: int, kind: SheetKind) -> Sequence[SheetVersion]:
    """All published versions, the newest first. One query."""
    return list(SheetVersion.objects.filter(worksheet__case=case_id, worksheet__kind=kind))


def sheets_of(case_id: int) -> dict[str, dict[str, Any]]:  # Any: row of values
    """How far each sheet of a case is, by kind. One query.

    ``entries``, ``changed_at``; ``version`` and ``published_at``, None before any was published.
    """
    rows = Worksheet.objects.filter(case=case_id).prefetch_related(None)
    found: dict[str, dict[str, Any]] = {}
    newest = rows.order_by("kind", "-versions__number").values_list(
        "kind", "content", "changed_at", "versions__number", "versions__published_at"
    )
    for kind, content, changed_at, number, published_at in newest:
        told = {
            "entries": len(content.get("nodes", content.get("rows", ()))),
            "changed_at": changed_at,
            "version": number,
            "published_at": published_at,
        }
        known = found.setdefault(kind, told)
        if number is not None and (known["version"] is None or number > known["version"]):
            found[kind] = told
    return found
