"""Archived proposals and endorsements come in whole, once, and with their history."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from minben.audit import queries as audit
from minben.audit.models import Event
from minben.casework.models import Case, Deadline, Response
from minben.casework.rules import DeadlineKind, Outcome
from minben.config.jobs import tick
from minben.discussion.models import Thread
from minben.kernel.actor import ANONYMOUS, ARCHIVE, SYSTEM
from minben.kernel.periods import TAIPEI, local_day
from minben.kernel.refusal import Refusal
from minben.notify.models import Notice
from minben.people import actions as people
from minben.people.models import Agency
from minben.proposals import actions
from minben.proposals.archive.endorsements_file import endorsements_in
from minben.proposals.archive.faults import Reject
from minben.proposals.archive.lines import ArchiveFile
from minben.proposals.archive.proposals_file import parse_proposal
from minben.proposals.models import CurvePoint, Endorsement, Gram, Proposal
from minben.proposals.queries import similar_to
from tests.archive_samples import (
    NOW,
    ONE,
    answered,
    lapsed,
    line,
    post,
    rows,
    withdrawn,
    write_csv,
)

pytestmark = pytest.mark.django_db


def take(*records: dict[str, Any]) -> actions.Taken:
    told = [parse_proposal(line(one), number, NOW) for number, one in enumerate(records, start=1)]
    taken = actions.import_proposals(records=told, by=ARCHIVE, at=NOW)
    actions.tell_of_reaching(by=ARCHIVE, at=NOW)
    return taken


def endorse(path: Path, *given: str) -> actions.Taken:
    file = ArchiveFile(write_csv(path / "endorsements.csv", *given))
    told = [one for one in endorsements_in(file) if not isinstance(one, Reject)]
    taken, touched = actions.import_endorsements(rows=told, by=ARCHIVE, at=NOW)
    settled = actions.settle_endorsements(proposal_ids=touched, by=ARCHIVE, at=NOW)
    actions.tell_of_reaching(by=ARCHIVE, at=NOW)
    taken.remarks += settled.remarks
    return taken


def counts(taken: actions.Taken) -> tuple[int, int, int]:
    return taken.created, taken.updated, taken.unchanged


def timeline(proposal: Proposal) -> list[str]:
    return [event.kind for event in audit.public_history(proposal.case_id)]


def everything() -> dict[str, list[Any]]:
    """All rows of all tables, to see whether anything at all changed."""
    held: dict[str, list[Any]] = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
            held[table] = cursor.fetchall()
    return held


def of_the_past() -> dict[str, list[Any]]:
    """Everything but the tick's own: the ledger, the night's recount, the platform's conduct."""
    held = everything()
    acts = Event.objects.exclude(kind="proposals.recounts_done").order_by("pk")
    acts = acts.exclude(kind__startswith="indicators.")
    own = ('"ledger_', '"audit_event"', '"operations_pulse"', '"indicators_')
    kept = {table: rows for table, rows in held.items() if not table.startswith(own)}
    return kept | {"acts": list(acts.values_list())}


@pytest.fixture
def small() -> dict[str, Any]:
    """An answered proposal with a threshold of ten."""
    return answered(endorse_goal=10, endorse_count_last_seen=12, curve=[["2017-06-20", 12]])


def test_a_lapsed_proposal_with_its_case_and_its_history() -> None:
    taken = take(lapsed(n_attachments=2, video="https://example.org/v"))
    assert (counts(taken), taken.states, taken.remarks) == ((1, 0, 0), {"lapsed": 1}, [])
    proposal = Proposal.objects.get()
    case = proposal.case
    assert (proposal.state, proposal.endorsed, proposal.threshold) == ("lapsed", 12, 5000)
    assert proposal.evidence["not_in_archive"] == 2
    assert proposal.topic == "environment"
    assert (case.number, case.rule_set.code) == ("20170605-9001", "tw-join-2016")
    assert case.closed_at == proposal.closes_at
    assert case.agency_names == ["行政院環境保護署", "內政部"]
    assert [(row.role, row.agency.name_zh) for row in case.agencies.all()] == [
        ("lead", "行政院環境保護署"),
        ("assist", "內政部"),
    ]
    assert Thread.objects.get().closed_at == proposal.closes_at
    assert list(CurvePoint.objects.values_list("day", "total")) == [
        (date(2017, 6, 9), 4),
        (date(2017, 8, 5), 12),
    ]
    assert timeline(proposal) == ["proposals.filed", "proposals.accepted", "proposals.lapsed"]
    assert [found.pk for found in similar_to("飲水機濾心")] == [proposal.pk]
    assert not proposal.simulated
    assert not Gram.objects.filter(gram="").exists()


def test_an_answered_proposal_holds_every_post_and_no_guess() -> None:
    take(answered())
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.adoption) == ("answered", "")
    notice, final = Response.objects.order_by("published_at")
    assert (notice.interim, final.interim) == (True, False)
    assert final.archived
    assert final.adoption == ""
    assert final.adoption_reason == "納入研議，將訂定標示格式。"
    assert proposal.answered_at == final.published_at == proposal.case.closed_at
    assert timeline(proposal) == [
        "proposals.filed",
        "proposals.accepted",
        "proposals.reached",
        "casework.progress_reported",
        "proposals.window_closed",
        "casework.response_published",
    ]
    (event,) = audit.of_subject(f"response:{final.pk}")
    assert (event.actor, event.data["agency"]["zh"]) == ("archive:join", "行政院環境保護署")


def test_a_withdrawn_one_and_one_without_a_final_post() -> None:
    other = "bbbbbbbb-0000-4000-8000-000000000002"
    take(withdrawn(), answered(id=other, case_number="20170605-9002", responses=[]))
    gone, reached = Proposal.objects.order_by("pk")
    assert (gone.state, gone.withdraw_reason) == ("withdrawn", "想再寫清楚一點")
    assert timeline(gone)[-1] == "proposals.withdrawn"
    assert (reached.state, reached.response_due_at, reached.case.closed_at) == (
        "reached",
        None,
        None,
    )


def test_a_missed_answer_is_part_of_the_history() -> None:
    take(answered(responses=[post("2017-09-01")]))
    proposal = Proposal.objects.get()
    assert "casework.deadline_missed" in timeline(proposal)
    due = Deadline.objects.get(kind=DeadlineKind.RESPONSE)
    assert due.missed_at == due.due_at
    assert due.agency is not None


def test_due_work_finds_nothing_to_do_on_what_is_past(small: dict[str, Any]) -> None:
    take(small, withdrawn(id="b", case_number=None), lapsed(id="c", case_number=None))
    before = of_the_past()
    tick(NOW)
    assert of_the_past() == before
    assert not Deadline.objects.filter(outcome=Outcome.OPEN).exists()
    assert not Notice.objects.exists()


def test_numbers_of_cases_stay_one_each() -> None:
    taken = take(lapsed(), lapsed(id="cccccccc-1"), lapsed(id="dddddddd-1", case_number=None))
    assert [case.number for case in Case.objects.order_by("pk")] == [
        "20170605-9001",
        "20170605-9001-cccccccc",
        "20170605-dddddddd",
    ]
    assert [(one.line, one.reason) for one in taken.remarks] == [(2, "shared_case_number")]
    again = take(lapsed(id="cccccccc-1"), lapsed())
    assert counts(again) == (0, 0, 2)
    assert again.remarks == []


def test_no_rules_no_case() -> None:
    early = lapsed(
        id="early",
        submitted="2014-06-05T10:00:00+08:00",
        sent_for_check="2014-06-05T10:00:00+08:00",
        approved="2014-06-07T10:00:00+08:00",
        check_due=None,
    )
    taken = take(early, lapsed())
    assert [(one.line, one.field, one.reason) for one in taken.rejected] == [
        (1, "submitted", "no_rule_set")
    ]
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2015-09-24", "tw-join-2015"),
        ("2016-08-18", "tw-join-2016"),
        ("2017-06-16", "tw-join-2017"),
    ],
)
def test_the_rules_of_the_day_of_filing_are_pinned(day: str, code: str) -> None:
    take(
        lapsed(
            submitted=f"{day}T00:10:00+08:00",
            sent_for_check=f"{day}T00:10:00+08:00",
            check_due=None,
            approved=f"{day}T18:00:00+08:00",
            endorse_due="2017-12-07T00:00:00+08:00",
        )
    )
    assert Case.objects.get().rule_set.code == code


def test_agencies_keep_the_name_they_had() -> None:
    people.add_agency(
        code="moenv",
        jurisdiction_code="ey",
        name_zh="環境部",
        name_en="Ministry of Environment",
        by=SYSTEM,
        at=NOW,
        aliases=["行政院環境保護署", "環保署"],
        valid_from=date(2023, 8, 22),
    )
    people.add_agency(
        code="moi", jurisdiction_code="ey", name_zh="內政部", name_en="", by=SYSTEM, at=NOW,
        aliases=["內部"],
    )  # fmt: skip
    take(lapsed(assist=["內部", "內政部", "環保署", "某某署"]))
    case = Case.objects.get()
    assert case.lead is not None
    assert (case.lead.code, case.lead.valid_until) == ("epa", date(2023, 8, 22))
    codes = [row.agency.code for row in case.agencies.all()]
    assert codes[:2] == ["epa", "moi"]
    assert [code[:8] for code in codes[2:]] == ["archive-", "archive-"]
    assert Agency.objects.filter(name_zh="內政部").count() == 1


def test_several_lead_and_none_twice() -> None:
    take(lapsed(lead=["內政部", "教育部", "內政部"], assist=["教育部", "交通部"]))
    case = Case.objects.get()
    assert [(row.role, row.agency.code) for row in case.agencies.all()] == [
        ("lead", "moi"),
        ("lead", "moe"),
        ("assist", "motc"),
    ]


def test_importing_twice_changes_nothing(tmp_path: Path, small: dict[str, Any]) -> None:
    given = rows(12, reason="好")
    small["goal_reached"] = "2017-06-08T00:00:00+08:00"
    records = (small, lapsed(id="other", case_number=None))
    take(*records)
    endorse(tmp_path, *given)
    before = everything()
    assert counts(take(*records)) == (0, 0, 2)
    again = endorse(tmp_path, *given)
    assert (counts(again), again.remarks) == ((0, 0, 12), [])
    assert everything() == before


def test_a_changed_record_is_brought_up_to_date() -> None:
    take(answered(responses=[post("2017-07-01", looks_interim=True)], last_seen="2017-08-06"))
    proposal = Proposal.objects.get()
    kept = Response.objects.get().pk
    assert proposal.state == "reached"
    taken = take(answered(title="公園飲水機標示", lead=["內政部"], assist=[]))
    assert counts(taken) == (0, 1, 0)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.subject) == ("answered", "公園飲水機標示")
    assert Response.objects.order_by("published_at")[0].pk == kept
    assert Response.objects.count() == 2
    assert proposal.case.agency_names == ["內政部"]
    assert timeline(proposal).count("proposals.filed") == 1
    assert timeline(proposal)[-1] == "casework.response_published"
    assert len(audit.of_case(proposal.case_id)) == 8  # imported twice, and six of the past
    assert Deadline.objects.filter(kind=DeadlineKind.RESPONSE, outcome=Outcome.MET).count() == 1


def test_a_response_that_is_no_longer_final_steps_back() -> None:
    take(answered())
    take(answered(responses=[post("2017-08-01"), post("2017-08-15")]))
    assert list(Response.objects.order_by("published_at").values_list("interim", flat=True)) == [
        False,
        True,
    ]
    take(answered(responses=[post("2017-08-15")]))
    assert Response.objects.count() == 1


def test_single_endorsements_tell_number_curve_and_the_instant(
    tmp_path: Path, small: dict[str, Any]
) -> None:
    take(small | {"goal_reached": "2017-06-08T00:00:00+08:00"})
    taken = endorse(tmp_path, *rows(13, reason="好"))
    proposal = Proposal.objects.get()
    assert counts(taken) == (13, 0, 0)
    assert [(one.reason, one.field) for one in taken.remarks] == [
        ("counts_differ", "20170605-9001")
    ]
    assert proposal.endorsed == 13 == Endorsement.objects.count()
    assert proposal.reached_at == datetime(2017, 6, 8, 1, 20, tzinfo=UTC)
    assert list(CurvePoint.objects.values_list("day", "total")) == [(date(2017, 6, 8), 13)]
    last = Endorsement.objects.get(number=13)
    assert (last.archive_number, last.person, last.reason) == (13, None, "好")
    assert last.at.astimezone(TAIPEI).hour == 9


def test_reaching_is_told_once_and_as_exactly_as_it_is_known(
    tmp_path: Path, small: dict[str, Any]
) -> None:
    told = parse_proposal(line(small | {"goal_reached": "2017-06-08T00:00:00+08:00"}), 1, NOW)
    actions.import_proposals(records=[told], by=ARCHIVE, at=NOW)
    endorse(tmp_path, *rows(12))
    assert actions.tell_of_reaching(by=ARCHIVE, at=NOW) == 0
    proposal = Proposal.objects.get()
    (event,) = (one for one in audit.of_case(proposal.case_id) if one.kind == "proposals.reached")
    assert (event.at, event.data["day_only"]) == (proposal.reached_at, False)


def test_a_day_of_reaching_that_the_rows_contradict_is_kept_and_told(
    tmp_path: Path, small: dict[str, Any]
) -> None:
    take(small)  # says 20 June; the rows reach on the 8th
    taken = endorse(tmp_path, *rows(12))
    assert [one.reason for one in taken.remarks] == ["reached_elsewhere"]
    proposal = Proposal.objects.get()
    assert proposal.reached_at is not None
    assert local_day(proposal.reached_at) == date(2017, 6, 20)


def test_a_record_changed_after_its_endorsements_keeps_what_they_tell(
    tmp_path: Path, small: dict[str, Any]
) -> None:
    record = small | {"goal_reached": "2017-06-08T00:00:00+08:00"}
    take(record)
    endorse(tmp_path, *rows(13))
    instant = Proposal.objects.get().reached_at
    take(record | {"endorse_count_last_seen": 11, "title": "改過的主旨"})
    proposal = Proposal.objects.get()
    assert (proposal.subject, proposal.endorsed) == ("改過的主旨", 13)
    assert proposal.reached_at == instant
    assert CurvePoint.objects.get().total == 13


def test_rows_of_strangers_and_out_of_time_are_named(tmp_path: Path) -> None:
    take(lapsed())
    early, late = "2017-06-07 23:59:59", "2017-08-07 00:00:00"
    taken = endorse(
        tmp_path,
        f"unknown,1,{early},臺北市,中正區,",
        f"{ONE},1,{early},臺北市,中正區,",
        f"{ONE},2,2017-06-08 00:00:00,臺北市,中正區,",
        f"{ONE},3,2017-08-06 23:59:59,臺北市,中正區,",
        f"{ONE},4,{late},臺北市,中正區,",
    )
    assert [(one.line, one.reason) for one in taken.rejected] == [
        (2, "unknown_proposal"),
        (3, "before_window"),
        (6, "after_window"),
    ]
    assert counts(taken) == (2, 0, 0)


def test_a_changed_row_is_rewritten_and_disorder_is_told(tmp_path: Path) -> None:
    take(lapsed())
    endorse(tmp_path, *rows(3))
    first, second, _ = rows(3, reason="改了")
    taken = endorse(tmp_path, first.replace("09:02", "10:00"), second)
    assert counts(taken) == (0, 2, 0)
    assert [(one.reason, one.line) for one in taken.remarks] == [("not_in_time_order", 0)]
    assert Endorsement.objects.get(number=2).reason == "改了"


def test_an_import_that_broke_off_is_finished_by_the_next(
    tmp_path: Path, small: dict[str, Any]
) -> None:
    take(small)
    file = ArchiveFile(write_csv(tmp_path / "a.csv", *rows(12)))
    told = [one for one in endorsements_in(file) if not isinstance(one, Reject)]
    actions.import_endorsements(rows=told[:5], by=ARCHIVE, at=NOW)  # and then the power failed
    taken = endorse(tmp_path, *rows(12))
    assert counts(taken) == (7, 0, 5)
    assert Proposal.objects.get().endorsed == 12
    assert CurvePoint.objects.get().total == 12


def test_nobody_else_may(small: dict[str, Any]) -> None:
    told = [parse_proposal(line(small), 1, NOW)]
    for act in (
        lambda: actions.import_proposals(records=told, by=ANONYMOUS, at=NOW),
        lambda: actions.import_endorsements(rows=[], by=ANONYMOUS, at=NOW),
        lambda: actions.settle_endorsements(proposal_ids=[], by=ANONYMOUS, at=NOW),
        lambda: actions.tell_of_reaching(by=ANONYMOUS, at=NOW),
    ):
        with pytest.raises(Refusal, match="not_permitted"):
            act()
    assert not Proposal.objects.exists()
