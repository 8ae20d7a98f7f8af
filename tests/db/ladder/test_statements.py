"""Statements: signed, dated, never changed; the platform's own record counts as well."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from minben.audit.models import Event
from minben.audit.registry import all_kinds
from minben.base.inbox import waiting
from minben.casework import actions as casework
from minben.casework.models import Case
from minben.casework.rules import Adoption
from minben.findings import actions as findings
from minben.kernel.actor import Actor, Role
from minben.kernel.refusal import Refusal
from minben.ladder import actions, queries
from minben.ladder.models import Process, Statement
from minben.ladder.rules import PROVES, Fact, Rung
from minben.ledger.models import Leaf
from tests.factories import DAY, DAY0, count, make_agency, make_staff
from tests.findings_samples import FACTS, a_case, finding, officer, published
from tests.ladder_samples import HEARD, TOLD, stated

pytestmark = pytest.mark.django_db
LATER = DAY0 + 10 * DAY
BLOCKS = dict.fromkeys(("analysis", "deliberation", "adoption_reason", "follow_up"), "已研議。")


def answer(case: Case, by: Actor, adoption: Adoption = Adoption.ADOPTED) -> None:
    draft = casework.draft_response(
        case_id=case.pk, blocks=BLOCKS, adoption=adoption, revision=0, by=by, at=DAY0
    )
    casework.publish_response(case_id=case.pk, revision=draft.revision, by=by, at=DAY0 + DAY)


def test_the_rung_follows_from_what_is_stated() -> None:
    case = a_case()
    row = stated(case, officer(case))
    assert (row.rung, row.version, row.known) == (Rung.CONSULTATION, 1, [])
    [one] = queries.stated_in(case.pk)
    assert one.verdict.missing == (Fact.ANSWERED,)
    assert one.verdict.unused == (Fact.WORKED_WITH,)
    assert not one.moved


def test_what_the_record_proves_counts_whatever_is_stated() -> None:
    case = a_case()
    by = officer(case)
    answer(case, by, Adoption.NOT_ADOPTED)
    row = stated(case, by, LATER)
    assert row.known == [Fact.ANSWERED]
    assert row.rung == Rung.PLACATION
    [one] = queries.stated_in(case.pk)
    assert one.proven == {Fact.ANSWERED: DAY0 + DAY}


def test_a_statement_the_record_has_outgrown_waits_for_an_officer() -> None:
    case = a_case()
    by = officer(case)
    first = stated(case, by)

    def mine(who: Actor = by) -> list[str]:
        return [item.url for item in waiting(who, LATER) if "/participation/" in item.url]

    assert mine() == []
    answer(case, by)
    [one] = queries.stated_in(case.pk)
    assert (one.verdict.rung, one.now.rung, one.moved) == (4, 5, True)
    assert len(mine()) == 1
    assert mine(make_staff(Role.OFFICER, make_agency("交通部", "motc"))) == []
    second = actions.restate_process(process_id=first.process_id, told=TOLD, by=by, at=LATER)
    assert (second.version, second.rung) == (2, 5)
    [one] = queries.stated_in(case.pk)
    assert [old.pk for old in one.older] == [first.pk]
    assert mine() == []


def test_a_change_of_the_service_is_an_effect() -> None:
    case = a_case()
    by = officer(case)
    answer(case, by, Adoption.UNDER_STUDY)
    study = published(case, by)
    told = replace(TOLD, facts=(*HEARD, Fact.AGREED_RULES, Fact.REPORTED))
    assert stated(case, by, DAY0 + 2 * DAY, told).rung == Rung.PLACATION
    findings.tell_fix(
        finding_id=finding(study).pk,
        what="加上安裝說明",
        changed_on=FACTS.tested_on,
        by=by,
        at=DAY0 + 2 * DAY,
    )
    [one] = queries.stated_in(case.pk)
    assert one.now.rung == Rung.PARTNERSHIP


def test_it_is_an_official_act_in_the_ledger_without_the_words() -> None:
    case = a_case()
    row = stated(case, officer(case))
    event = Event.objects.get(kind="ladder.stated")
    assert event.actor_label == "財政部"
    assert event.data["rung"] == 4
    assert event.declaration.official
    count(DAY0)
    entries = [bytes(leaf.entry).decode() for leaf in Leaf.objects.all()]
    [told] = [one for one in entries if "ladder.stated" in one]
    assert f'"process":{row.process_id}' in told
    assert "工作坊" not in told


def test_the_list_tells_the_newest_of_public_cases(django_assert_num_queries: Any) -> None:
    case = a_case()
    by = officer(case)
    first = stated(case, by)
    told = replace(TOLD, facts=[Fact.PURPOSE_OPEN])
    actions.restate_process(process_id=first.process_id, told=told, by=by, at=LATER)
    with django_assert_num_queries(3):
        lines = queries.told_lines()
    assert [(line.rung, line.about.number) for line in lines] == [(Rung.THERAPY, case.number)]
    assert queries.counts(lines)[Rung.THERAPY] == 1
    with django_assert_num_queries(1):
        assert [row.version for row in queries.stated_lines(case.pk)] == [2]
    with django_assert_num_queries(2):
        queries.stated_in(case.pk)


def test_what_proves_a_fact_is_a_kind_of_event_somebody_declares() -> None:
    assert set(PROVES) <= {kind.code for kind in all_kinds()}


def test_an_agency_of_the_case_states_in_its_own_name_and_others_do_not() -> None:
    case = a_case()
    with pytest.raises(Refusal, match="ladder_not_yours"):
        stated(case, make_staff(Role.LEAD, make_agency("交通部", "motc")))
    assert stated(case, officer(case, Role.LEAD)).agency_id == case.lead_id


class TestDatabase:
    def test_a_statement_is_never_changed(self) -> None:
        case = a_case()
        row = stated(case, officer(case))
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Statement.objects.filter(pk=row.pk).update(rung=8)
        if connection.vendor == "postgresql":
            with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
                row.delete()

    @pytest.mark.parametrize(
        ("change", "name"),
        [
            ({"rung": 0}, "ladder_statement_rung"),
            ({"rung": 9}, "ladder_statement_rung"),
            ({"influence": ""}, "ladder_statement_reasoned"),
            ({"decided": ""}, "ladder_statement_reasoned"),
            ({"outcome": ""}, "ladder_statement_reasoned"),
            ({"version": 1}, "UNIQUE|ladder_statement_version"),
        ],
    )
    def test_statements(self, change: dict[str, Any], name: str) -> None:
        case = a_case()
        row = stated(case, officer(case))
        row.pk, row.version = None, 2
        for field, value in change.items():
            setattr(row, field, value)
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            row.save(force_insert=True)

    @pytest.mark.parametrize(
        ("change", "name"),
        [({"kind": "chat"}, "ladder_process_kind"), ({"title": ""}, "ladder_process_titled")],
    )
    def test_processes(self, change: dict[str, Any], name: str) -> None:
        case = a_case()
        process = stated(case, officer(case)).process
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Process.objects.filter(pk=process.pk).update(**change)
        process.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            process.save(force_insert=True)
