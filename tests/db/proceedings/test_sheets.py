"""Sheets of a case: versions that never change, two officers at once, acts that leave a record."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from minben.audit.models import Event
from minben.kernel.actor import SYSTEM, Role
from minben.kernel.refusal import Refusal
from minben.proceedings import actions
from minben.proceedings.models import SheetVersion, Worksheet
from minben.proceedings.queries import worksheets
from minben.proceedings.rules import SheetKind
from minben.proceedings.rules.issues import NodeKind
from minben.proceedings.rules.stakeholders import Kind, Stakeholder
from tests.db.crowd import at_once
from tests.factories import DAY, DAY0, make_agency, make_staff
from tests.held import a_case, officer

pytestmark = pytest.mark.django_db


def add(case_id: int, text: str = "支援 Mac", by: Any = None) -> None:
    actions.add_issue(case_id=case_id, kind=NodeKind.DEMAND, text=text, by=by or officer(), at=DAY0)


def publish(case_id: int, kind: SheetKind = SheetKind.ISSUES) -> SheetVersion:
    return actions.publish_sheet(case_id=case_id, kind=kind, by=officer(), at=DAY0 + DAY)


def test_versions_are_numbered_and_keep_what_was_public() -> None:
    case = a_case()
    add(case.pk)
    first = publish(case.pk)
    add(case.pk, "支援 Linux")
    second = publish(case.pk)
    assert [row.number for row in worksheets.versions(case.pk, SheetKind.ISSUES)] == [2, 1]
    assert len(first.content["nodes"]) == 1
    assert len(second.content["nodes"]) == 2
    assert first.sha256 != second.sha256
    told = worksheets.sheets_of(case.pk)
    assert told["issues"]["version"] == 2
    assert told["issues"]["entries"] == 2
    assert "stakeholders" not in told


def test_publishing_is_an_official_act_in_the_ledger() -> None:
    case = a_case()
    add(case.pk)
    version = publish(case.pk)
    event = Event.objects.get(kind="proceedings.sheet_published")
    assert event.case_id == case.pk
    assert event.data == {"kind": "issues", "version": 1, "sha256": version.sha256}
    assert Event.objects.filter(kind="proceedings.sheet_changed").count() == 1


def test_the_database_changes_no_published_version() -> None:
    case = a_case()
    add(case.pk)
    version = publish(case.pk)
    rows = SheetVersion.objects.filter(pk=version.pk)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(sha256="0" * 64)
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows.delete()


def test_saying_the_same_again_changes_nothing() -> None:
    case = a_case()
    add(case.pk)
    add(case.pk, "二")
    events = Event.objects.filter(kind="proceedings.sheet_changed")
    before = events.count()
    actions.unlink_issues(case_id=case.pk, one=1, other=2, by=officer(), at=DAY0)
    assert events.count() == before


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEAD, Role.PARTICIPATION])
def test_everybody_of_the_agencies_in_the_case_draws(role: Role) -> None:
    case = a_case()
    add(case.pk, by=make_staff(role, make_agency()))
    add(case.pk, by=make_staff(Role.ADMINISTRATOR))
    add(case.pk, by=SYSTEM)
    for stranger in (
        make_staff(role, make_agency("交通部", "motc")),
        make_staff(Role.CHECKER),
        make_staff(Role.CLERK),
    ):
        with pytest.raises(Refusal) as caught:
            add(case.pk, by=stranger)
        assert caught.value.code == "not_agency_of_case"
    assert len(worksheets.issue_draft(case.pk).nodes) == 3


def stakeholder(case_id: int) -> Worksheet:
    row = Stakeholder(0, "記帳士公會", Kind.CIVIL, 4, 3, invited=2)
    actions.add_stakeholder(case_id=case_id, row=row, by=officer(), at=DAY0)
    return Worksheet.objects.get(case=case_id, kind=SheetKind.STAKEHOLDERS)


def test_the_two_sheets_do_not_disturb_each_other() -> None:
    case = a_case()
    add(case.pk)
    stakeholder(case.pk)
    publish(case.pk, SheetKind.STAKEHOLDERS)
    assert not worksheets.versions(case.pk, SheetKind.ISSUES)
    assert worksheets.versions(case.pk, SheetKind.STAKEHOLDERS)[0].number == 1
    assert worksheets.stakeholder_draft(case.pk).rows[0].name == "記帳士公會"
    assert worksheets.issue_draft(case.pk).nodes[0].text == "支援 Mac"


def test_halves_and_doubles_are_refused_by_the_database() -> None:
    case = a_case()
    add(case.pk)
    version = publish(case.pk)
    sheet = version.worksheet
    forbidden: list[Callable[[], Any]] = [
        lambda: Worksheet.objects.filter(pk=sheet.pk).update(kind="mood"),
        lambda: Worksheet.objects.create(
            case=case, kind=SheetKind.ISSUES, changed_at=DAY0, changed_by="x"
        ),
        lambda: SheetVersion.objects.create(
            worksheet=sheet, number=1, content={}, sha256="", published_at=DAY0, published_by="x"
        ),
        lambda: SheetVersion.objects.create(
            worksheet=sheet, number=0, content={}, sha256="", published_at=DAY0, published_by="x"
        ),
    ]
    for act in forbidden:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


@pytest.mark.django_db(transaction=True)
def test_ten_officers_at_once_lose_no_word() -> None:
    case, by = a_case(), officer()
    at_once([lambda n=n: add(case.pk, f"訴求{n}", by) for n in range(10)])  # type: ignore[misc]
    nodes = worksheets.issue_draft(case.pk).nodes
    assert sorted(node.text for node in nodes) == sorted(f"訴求{n}" for n in range(10))
    assert len({node.key for node in nodes}) == 10
