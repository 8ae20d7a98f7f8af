"""Opening balances: what was counted before the ledger began is said once, and never made up later."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import LazySettings
from django.db import transaction

from minben.audit.models import Event
from minben.casework import actions as casework
from minben.config.commands.installing import check_command
from minben.config.commands.opening import open_command
from minben.config.jobs import tick
from minben.kernel.actor import SYSTEM, Role
from minben.kernel.refusal import Refusal
from minben.ledger import actions as ledger
from minben.ledger.entries import read
from minben.ledger.guarding import LedgerUnopened, refuse_to_enter
from minben.ledger.jobs import due
from minben.ledger.keys import log_vkey
from minben.ledger.models import Intake, Leaf
from minben.ledger.publishing import export
from minben.ledger.verifier.checking import Wishes, verify
from minben.ledger.verifier.differences import Difference
from minben.ledger.verifier.report import Report
from minben.ledger.verifier.sources import open_source
from minben.proposals import actions as proposals
from minben.proposals.actions.endorsing import reach
from minben.proposals.models import CurvePoint, Proposal
from minben.proposals.queries.opening import OPENING, to_be_opened
from minben.proposals.rules import State
from tests.db.ledger.older import forget_the_ledger, older_proposal
from tests.db.ledger.small import small_rules
from tests.factories import DAY, DAY0, accept_one, actor, endorse, file_one, make_person, make_staff
from tests.ledger_book import HOUR, MINUTE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_times")]
BEGAN = DAY0 + 10 * DAY


def look(folder: Path, at: datetime) -> Report:
    export(folder, at=at)
    return verify(open_source(str(folder)), Wishes(now=at, keys=[log_vkey()]))


def stated(proposal: Proposal) -> dict[str, object]:
    leaf = Leaf.objects.get(kind=OPENING, case_id=proposal.case_id)
    told: dict[str, object] = read(bytes(leaf.entry))["data"]
    return told


def test_without_it_the_ledger_stands_and_nothing_is_entered(tmp_path: Path) -> None:
    older = older_proposal(5)
    proposals.endorse(proposal_id=older.pk, by=actor(make_person()), at=BEGAN)
    with pytest.raises(LedgerUnopened, match="minben ledger open"):
        due(BEGAN)
    with pytest.raises(LedgerUnopened):
        export(tmp_path, at=BEGAN)
    assert (Intake.objects.count(), Leaf.objects.count()) == (1, 0)
    checked = CliRunner().invoke(check_command)
    assert (checked.exit_code, "minben ledger open" in checked.output) == (1, True)
    opened = CliRunner().invoke(open_command)
    assert opened.exit_code == 0, opened.output
    assert f"{older.case.number} 5" in opened.output
    refuse_to_enter()
    assert CliRunner().invoke(check_command).exit_code == 0


def test_what_happens_where_nobody_says_it(tmp_path: Path, settings: LazySettings) -> None:
    """The platform's own count is right, and an outsider sees five too few."""
    older_proposal(5)
    settings.SANDBOX = True  # where nothing holds the ledger back
    with pytest.raises(Difference) as seen:
        look(tmp_path, BEGAN)
    assert (seen.value.code, seen.value.expected, seen.value.found) == ("claim", "0", "5")


def test_the_verifier_counts_it_and_says_so(tmp_path: Path) -> None:
    older = older_proposal(5)
    done = proposals.open_balances(by=SYSTEM, at=BEGAN)
    assert done.made == ((older.case.number, 5),)
    told = stated(older)
    assert (told["count"], told["number"], told["threshold"]) == (5, older.case.number, 5000)
    assert told["since"] == "2026-03-03T02:00:00.000000Z"
    assert told["last"] == "2026-03-03T02:00:04.000000Z"
    for n in range(3):
        proposals.endorse(
            proposal_id=older.pk, by=actor(make_person()), at=BEGAN + DAY + n * MINUTE
        )
    found = look(tmp_path, BEGAN + DAY + HOUR)
    assert (found.figures["endorsements"], found.figures["opening"]) == (3, 5)
    assert found.told()["opened"] == 1
    [line] = [line for line in found.lines() if "opening balances" in line]
    assert "cannot be recounted: 5 (1 件 cases)" in line
    claims = json.loads((tmp_path / "claims.json").read_text(encoding="utf-8"))
    assert claims["cases"][str(older.case_id)]["count"] == 8
    assert claims["cases"][str(older.case_id)]["totals"] == {"2026-03-13": 8}


def test_every_act_is_recorded_and_signed_for() -> None:
    older = older_proposal(2)
    proposals.open_balances(by=SYSTEM, at=BEGAN)
    event = Event.objects.get(kind=OPENING)
    assert (event.subject, event.actor, event.at) == (f"proposal:{older.pk}", SYSTEM.id, BEGAN)
    leaf = Leaf.objects.get(kind=OPENING)
    assert (leaf.ref, read(bytes(leaf.entry))["by"]) == (event.pk, "system")


def test_once_is_enough(tmp_path: Path) -> None:
    older_proposal(2)
    assert len(proposals.open_balances(by=SYSTEM, at=BEGAN).made) == 1
    assert proposals.open_balances(by=SYSTEM, at=BEGAN) == proposals.Opened()
    assert Leaf.objects.filter(kind=OPENING).count() == 1
    look(tmp_path, BEGAN + HOUR)


def test_it_comes_before_endorsements_that_wait(tmp_path: Path) -> None:
    """Those of the day before the ledger's too: its totals begin on the day after."""
    older = older_proposal(4)
    late = datetime(2026, 3, 11, 15, 59, 59, tzinfo=BEGAN.tzinfo)  # a second to midnight in Taipei
    for n in range(3):
        proposals.endorse(
            proposal_id=older.pk, by=actor(make_person()), at=late + timedelta(seconds=n)
        )
    proposals.open_balances(by=SYSTEM, at=late + 3 * timedelta(seconds=1))
    assert Leaf.objects.get().kind == OPENING
    proposals.endorse(proposal_id=older.pk, by=actor(make_person()), at=late + DAY)
    found = look(tmp_path, late + DAY + HOUR)
    assert (found.figures["endorsements"], found.figures["opening"]) == (4, 4)


def test_one_that_reaches_after_it_does_so_with_what_was_counted_before(tmp_path: Path) -> None:
    jurisdiction = small_rules(threshold=6)
    older = older_proposal(5, jurisdiction, "small-hall")
    proposals.open_balances(by=SYSTEM, at=BEGAN)
    endorse(proposal_id=older.pk, by=actor(make_person()), at=BEGAN + HOUR)
    older.refresh_from_db()
    assert (older.state, older.reached_at) == (State.REACHED, BEGAN + HOUR)
    found = look(tmp_path, BEGAN + 3 * HOUR)
    assert found.figures["reached"] == 1


def test_the_whole_life_of_an_older_case_verifies(tmp_path: Path) -> None:
    """Deadlines that stood are missed, moved and ended as if they had begun in the log."""
    older = older_proposal(5)
    waiting = file_one(at=DAY0)
    forget_the_ledger()
    proposals.open_balances(by=SYSTEM, at=DAY0 + 2 * DAY)
    assert [one["kind"] for one in stated(older)["deadlines"]] == ["check", "endorse_close"]  # type: ignore[attr-defined]
    tick(BEGAN)  # the check of the second is late
    accept_one(waiting, at=BEGAN + HOUR)
    proposals.declare_pause(
        jurisdiction_id=older.case.jurisdiction_id,
        starts_at=BEGAN + 5 * DAY,
        ends_at=BEGAN + 9 * DAY,
        reason_zh="選舉",
        reason_en="Election",
        source="https://example.org/",
        by=make_staff(Role.ADMINISTRATOR),
        at=BEGAN + 2 * HOUR,
    )
    found = look(tmp_path, BEGAN + 3 * HOUR)
    assert (found.figures["opened"], found.figures["deadlines_missed"]) == (2, 1)
    older.refresh_from_db()
    tick(older.closes_at + MINUTE)
    older.refresh_from_db()
    assert older.state == State.LAPSED
    look(tmp_path, older.closes_at + 2 * MINUTE)


def test_a_case_that_had_reached_before_stays_reached(tmp_path: Path) -> None:
    jurisdiction = small_rules(threshold=3)
    older = older_proposal(3, jurisdiction, "small-hall")
    with transaction.atomic():
        reach(older, DAY0 + DAY + HOUR)
    casework.mark_missed(by=SYSTEM, at=BEGAN)  # the day of the plan had passed by then
    forget_the_ledger()
    proposals.open_balances(by=SYSTEM, at=BEGAN)
    assert stated(older)["reached_at"] == "2026-03-03T03:00:00.000000Z"
    found = look(tmp_path, BEGAN + HOUR)
    figures = (found.figures["reached"], found.figures["deadlines"])
    assert (figures, found.figures["deadlines_missed"]) == ((1, 4), 1)


def test_an_archive_that_was_imported_before_the_ledger(tmp_path: Path) -> None:
    """Of some it told only a number; its deadlines were somebody else's."""
    older = older_proposal(5)
    bare = older_proposal(0)
    Proposal.objects.filter(pk=older.pk).update(archive_id="a-1")
    Proposal.objects.filter(pk=bare.pk).update(
        archive_id="a-2", endorsed=4321, numbered=4321, confirmed=4321
    )
    proposals.open_balances(by=SYSTEM, at=BEGAN)
    assert stated(bare)["count"] == 4321
    assert {"since", "last", "deadlines"} & stated(bare).keys() == set()
    found = look(tmp_path, BEGAN + HOUR)
    assert (found.figures["opening"], found.figures["taken_over"]) == (4326, 0)


def test_a_case_that_began_in_the_ledger_gets_none(tmp_path: Path) -> None:
    begun = accept_one(file_one())  # its acts still wait for their places
    assert to_be_opened() == set()
    assert proposals.open_balances(by=SYSTEM, at=BEGAN) == proposals.Opened()
    older = older_proposal(2)
    assert to_be_opened() == {begun.case_id, older.case_id}  # what it forgot was both
    proposals.open_balances(by=SYSTEM, at=BEGAN)
    look(tmp_path, BEGAN + HOUR)


def test_too_late_is_too_late(settings: LazySettings) -> None:
    """What nobody can believe any more is not said, and does not hold the others back."""
    older = older_proposal(2)
    settings.SANDBOX = True
    endorse(proposal_id=older.pk, by=actor(make_person()), at=BEGAN)
    settings.SANDBOX = False
    other = older_proposal(3)
    told = CliRunner().invoke(open_command)
    assert (told.exit_code, older.case.number in told.output) == (1, True)
    assert [leaf.case_id for leaf in Leaf.objects.filter(kind=OPENING)] == [other.case_id]
    refuse_to_enter()


def test_only_the_system_may(settings: LazySettings) -> None:
    older_proposal(1)
    for by in (actor(make_person()), make_staff(Role.ADMINISTRATOR)):
        with pytest.raises(Refusal, match="not_permitted"):
            proposals.open_balances(by=by, at=BEGAN)
    assert not Leaf.objects.exists()


def test_what_is_undone_leaves_no_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    older_proposal(1)
    monkeypatch.setattr(ledger, "sequence", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        proposals.open_balances(by=SYSTEM, at=BEGAN)
    assert not Event.objects.filter(kind=OPENING).exists()
    assert not Intake.objects.filter(kind=OPENING).exists()


def test_the_nightly_recount_leaves_what_an_archive_told_by_number_alone() -> None:
    bare = older_proposal(0)
    Proposal.objects.filter(pk=bare.pk).update(
        archive_id="a-2", endorsed=4321, numbered=4321, confirmed=4321
    )
    CurvePoint.objects.filter(proposal=bare).delete()
    proposals.open_balances(by=SYSTEM, at=BEGAN)
    endorse(proposal_id=bare.pk, by=actor(make_person()), at=BEGAN + HOUR)
    assert proposals.recount(proposal_id=bare.pk, by=SYSTEM, at=BEGAN + DAY) == 0
    assert Proposal.objects.get(pk=bare.pk).endorsed == 4322
    Proposal.objects.filter(pk=bare.pk).update(endorsed=4000)
    assert proposals.recount(proposal_id=bare.pk, by=SYSTEM, at=BEGAN + DAY) == 322
