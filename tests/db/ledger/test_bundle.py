"""The bundle of a real platform: its own acts, sequenced, exported, and verified from outside."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import LazySettings
from django.test import Client

from minben.casework import actions as casework
from minben.casework.models import Deadline, RuleSet
from minben.casework.rules import RESPONSE_BLOCKS
from minben.config.commands.exporting import export_command
from minben.config.jobs import tick
from minben.kernel.actor import SYSTEM, Role
from minben.ledger import actions as ledger
from minben.ledger import bundle, publishing, queries, registry
from minben.ledger.actions import sequencing
from minben.ledger.bundle import exported_size, write_bundle
from minben.ledger.entries import entry
from minben.ledger.guarding import LedgerForked
from minben.ledger.keys import log_key, log_vkey
from minben.ledger.models import Intake, Leaf
from minben.ledger.publishing import export
from minben.ledger.verifier.checking import Wishes, verify
from minben.ledger.verifier.differences import Difference
from minben.ledger.verifier.fields import known_kinds
from minben.ledger.verifier.report import Report
from minben.ledger.verifier.sources import open_source
from minben.proposals import actions as proposals
from minben.proposals.models import CurvePoint, Proposal
from tests.db.campaigned import LATER, endorsed_one, restored, run
from tests.db.ledger.small import small_rules
from tests.factories import (
    DAY,
    DAY0,
    accept_one,
    actor,
    file_one,
    make_agency,
    make_person,
    make_staff,
)
from tests.ledger_book import HOUR, Book

MINUTE = timedelta(minutes=1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_times")]


def look(folder: Path, **wishes: object) -> Report:
    keys = [log_vkey()]
    return verify(open_source(str(folder)), Wishes(now=DAY0, keys=keys, **wishes))  # type: ignore[arg-type]


def enter(at: datetime) -> None:
    ledger.sequence_all(by=SYSTEM, at=at)
    ledger.sign_checkpoint(by=SYSTEM, at=at)


def play() -> Proposal:
    """A proposal that reaches with its third endorsement, and goes on to its fifth."""
    jurisdiction = small_rules()
    agency = make_agency("小鎮公所", "small-hall", jurisdiction)
    enter(DAY0)
    proposal = file_one(agencies=(agency,), jurisdiction=jurisdiction)
    enter(DAY0 + 5 * MINUTE)
    accept_one(proposal)
    enter(DAY0 + 65 * MINUTE)
    for n in range(5):
        at = DAY0 + DAY + n * MINUTE
        proposals.endorse(proposal_id=proposal.pk, by=actor(make_person()), at=at)
    enter(DAY0 + DAY + 6 * MINUTE)
    proposal.refresh_from_db()
    assert (proposal.endorsed, proposal.reached_at) == (5, DAY0 + DAY + 2 * MINUTE)
    return proposal


def test_the_kinds_of_the_schema_are_those_that_are_declared() -> None:
    from minben.audit.registry import all_kinds

    declared = {kind.code: list(kind.ledger) for kind in all_kinds() if kind.ledger is not None}
    text = (Path(bundle.__file__).parent / "schema.json").read_text(encoding="utf-8")
    told = {code: kind["data"] for code, kind in json.loads(text)["kinds"].items()}
    assert told == declared | {"proposals.endorsed": []}
    assert known_kinds() == set(told)


def test_what_the_platform_did_verifies_from_outside(tmp_path: Path) -> None:
    proposal = play()
    export(tmp_path, at=DAY0 + DAY + 7 * MINUTE)
    found = look(tmp_path)
    figures = {name: found.figures[name] for name in ("endorsements", "reached", "deadlines")}
    # Check, answer, plan and contact; the window for endorsing is no duty.
    assert figures == {"endorsements": 5, "reached": 1, "deadlines": 4}
    assert found.figures["deadlines_recomputed"] == 5
    told = json.loads((tmp_path / "claims.json").read_text(encoding="utf-8"))
    assert told["cases"][str(proposal.case_id)]["count"] == 5
    assert found.sandbox is False


def test_the_whole_life_verifies(tmp_path: Path) -> None:
    """Missed deadlines told by a late tick, an answer after its time, a window that closes."""
    proposal = play()
    officer = make_staff(Role.OFFICER, proposal.case.lead)
    late = DAY0 + 80 * DAY
    tick(late)
    export(tmp_path, at=late + MINUTE)
    assert look(tmp_path).figures["deadlines_missed"] == 3  # the answer, the plan, the contact
    blocks = dict.fromkeys(RESPONSE_BLOCKS, "已研議。")
    draft = casework.draft_response(
        case_id=proposal.case_id,
        blocks=blocks,
        adoption="adopted",
        revision=0,
        by=officer,
        at=late + 2 * MINUTE,
    )
    proposals.publish_answer(
        proposal_id=proposal.pk, revision=draft.revision, by=officer, at=late + 3 * MINUTE
    )
    export(tmp_path, at=late + 4 * MINUTE, since_last=True)
    found = look(tmp_path)
    assert (found.figures["deadlines_met"], found.figures["deadlines_missed"]) == (1, 3)


def test_exporting_again_writes_what_is_new(tmp_path: Path) -> None:
    play()
    export(tmp_path, at=DAY0 + DAY + 7 * MINUTE)
    first = {path: path.stat().st_mtime_ns for path in (tmp_path / "tile").rglob("*[0-9]")}
    size = exported_size(tmp_path)
    for _ in range(300):
        casework.file_case(
            rule_set=RuleSet.objects.get(code="small-2018"), by=SYSTEM, at=DAY0 + DAY + 8 * MINUTE
        )
    again = DAY0 + DAY + 9 * MINUTE
    written = write_bundle(tmp_path, publishing.take_down_claims(again), since_last=True)
    assert written.size == size + 300 == exported_size(tmp_path)
    assert look(tmp_path).size == size + 300
    partial = [path for path in (tmp_path / "tile").rglob("*.p/*") if path.is_file()]
    assert len(partial) == 3, "those that have grown full are gone"
    assert all(path.stat().st_mtime_ns == at for path, at in first.items() if path.is_file())
    assert write_bundle(tmp_path, publishing.take_down_claims(again)).tiles == 0
    told = json.loads((tmp_path / "cases.json").read_text(encoding="utf-8"))
    assert {tuple(r) for one in told["cases"].values() for r in one["ranges"]} <= {
        (0, 256), (256, size + 300), (0, size + 300),
    }  # fmt: skip


def test_whatever_stops_an_export_leaves_a_bundle_that_verifies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play()
    folder = tmp_path / "log"
    export(folder, at=DAY0 + DAY + 7 * MINUTE)
    rules = RuleSet.objects.get(code="small-2018")
    steps, put = 0, bundle._put_parts
    while True:  # stopped at the first file, at the second, …
        casework.file_case(rule_set=rules, by=SYSTEM, at=DAY0 + DAY + 8 * MINUTE)
        left = steps

        def stop(path: Path, parts: Iterator[bytes]) -> None:
            nonlocal left
            if not left:
                raise OSError(28, "No space left on device")
            left -= 1
            put(path, parts)

        monkeypatch.setattr(bundle, "_put_parts", stop)
        try:
            export(folder, at=DAY0 + DAY + 9 * MINUTE)
        except OSError:
            look(folder)
            steps += 1
            continue
        break
    assert steps > 10
    look(folder)
    assert not list(folder.rglob("*.minben-new"))


def test_a_full_disk_in_the_middle_of_a_file_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play()
    export(tmp_path, at=DAY0 + DAY + 7 * MINUTE)
    before = (tmp_path / "checkpoints.jsonl").read_bytes()

    def full(fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bundle.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        export(tmp_path, at=DAY0 + DAY + 9 * MINUTE)
    monkeypatch.undo()
    assert (tmp_path / "checkpoints.jsonl").read_bytes() == before
    assert not list(tmp_path.rglob("*.minben-new"))


def test_the_nightly_bundle_is_written_once_a_day(settings: LazySettings, tmp_path: Path) -> None:
    play()
    settings.LEDGER_BUNDLE_DIR = str(tmp_path / "bundle")
    evening = DAY0 + DAY + 2 * HOUR
    assert [tick(at)["bundled"] for at in (evening, evening + MINUTE)] == [1, 0]
    assert tick(evening + DAY)["bundled"] == 1
    look(tmp_path / "bundle")


def test_a_bundle_of_a_longer_log_is_not_overwritten(
    settings: LazySettings, tmp_path: Path
) -> None:
    """A database restored from yesterday must not replace what was published since."""
    play()
    settings.LEDGER_BUNDLE_DIR = str(tmp_path)
    book = Book()
    for n in range(500):
        book.add("proposals.filed", DAY0, case_id=n + 1)
    book.sign(DAY0)
    book.write(tmp_path)
    with pytest.raises(LedgerForked):
        export(tmp_path, at=DAY0 + DAY + 7 * MINUTE)
    assert exported_size(tmp_path) == 500


def test_claims_are_kept_for_readers_of_the_site(client: Client) -> None:
    proposal = play()
    assert client.get("/ledger/claims.json").status_code == 404
    assert tick(DAY0 + DAY + 7 * MINUTE)["claimed"] == 1
    assert tick(DAY0 + DAY + 8 * MINUTE)["claimed"] == 0
    told = client.get("/ledger/claims.json").json()
    assert told["cases"][str(proposal.case_id)]["count"] == 5


class TestInventing:
    """Somebody with a hand in the database, and without the platform's secret."""

    def forged(self, proposal: Proposal) -> bytes:
        who, commit = "ab" * 16, "cd" * 32
        return entry(
            "proposals.endorsed", DAY0 + DAY, case_id=proposal.case_id, commit=commit, who=who
        )

    def test_a_row_in_the_intake_without_a_seal_is_set_aside(self, tmp_path: Path) -> None:
        proposal = play()
        raw = self.forged(proposal)
        at = DAY0 + DAY + 7 * MINUTE
        Intake.objects.create(
            kind="proposals.endorsed", case_id=proposal.case_id, entry=raw, seal=bytes(32), at=at
        )
        export(tmp_path, at=at)
        assert queries.set_aside() == 1
        assert not Leaf.objects.filter(entry=raw).exists()
        assert look(tmp_path).figures["endorsements"] == 5

    def test_without_the_seal_it_would_be_counted(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        proposal = play()
        raw = self.forged(proposal)
        monkeypatch.setattr(sequencing, "is_sealed", lambda *_: True)
        monkeypatch.setattr(sequencing, "_vouched", lambda acts: {act.pk for act in acts})
        monkeypatch.setattr(registry, "_consumers", {})
        at = DAY0 + DAY + 7 * MINUTE
        Intake.objects.create(
            kind="proposals.endorsed", case_id=proposal.case_id, entry=raw, seal=bytes(32), at=at
        )
        Proposal.objects.filter(pk=proposal.pk).update(endorsed=6, numbered=6)
        CurvePoint.objects.filter(proposal=proposal).update(total=6)
        export(tmp_path, at=at)
        assert look(tmp_path).figures["endorsements"] == 6

    def test_a_raised_count_is_a_claim_that_nothing_bears_out(self, tmp_path: Path) -> None:
        proposal = play()
        Proposal.objects.filter(pk=proposal.pk).update(endorsed=6, numbered=6)
        export(tmp_path, at=DAY0 + DAY + 7 * MINUTE)
        with pytest.raises(Difference, match="claim"):
            look(tmp_path)

    def test_a_deadline_that_was_moved_behind_our_back(self, tmp_path: Path) -> None:
        proposal = play()
        late = DAY0 + 300 * DAY
        Deadline.objects.filter(case=proposal.case, kind="response").update(due_at=late)
        export(tmp_path, at=DAY0 + DAY + 7 * MINUTE)
        with pytest.raises(Difference, match="claim"):
            look(tmp_path)


def test_a_campaign_of_invalidation_is_recounted(tmp_path: Path) -> None:
    proposal = endorsed_one()
    Proposal.objects.filter(pk=proposal.pk).update(threshold=5000)
    campaign = run(proposal)
    proposal.refresh_from_db()
    export(tmp_path, at=LATER + DAY)
    assert look(tmp_path).figures["struck_out"] == 10 - proposal.endorsed > 0
    restored(campaign)
    export(tmp_path, at=LATER + 2 * DAY)
    assert look(tmp_path).figures["struck_out"] == 0


def test_the_command_says_how_much_it_wrote(tmp_path: Path, settings: LazySettings) -> None:
    play()
    done = CliRunner().invoke(export_command, [str(tmp_path / "log")])
    assert done.exit_code == 0, done.output
    assert f"{exported_size(tmp_path / 'log')} 條目 leaves" in done.output
    (tmp_path / "file").touch()
    assert CliRunner().invoke(export_command, [str(tmp_path / "file" / "log")]).exit_code == 1
    settings.LEDGER_KEY = ""
    log_key.cache_clear()
    assert CliRunner().invoke(export_command, [str(tmp_path / "log")]).exit_code == 1


def test_a_pause_is_recomputed(tmp_path: Path) -> None:
    """Windows that stand still before a poll, and run again when the pause is cancelled."""
    proposal = play()
    admin = make_staff(Role.ADMINISTRATOR)
    at = DAY0 + DAY + 10 * MINUTE
    pause = proposals.declare_pause(
        jurisdiction_id=proposal.case.jurisdiction_id,
        starts_at=at + 2 * DAY,
        ends_at=at + 12 * DAY,
        reason_zh="選舉",
        reason_en="poll",
        source="公告",
        by=admin,
        at=at,
    )
    export(tmp_path, at=at + MINUTE)
    moved = look(tmp_path)
    proposals.cancel_pause(pause_id=pause.pk, by=admin, at=at + 5 * DAY)
    export(tmp_path, at=at + 5 * DAY + MINUTE)
    assert look(tmp_path).size > moved.size
    kinds = [leaf.kind for leaf in Leaf.objects.filter(kind="casework.deadline_moved")]
    assert len(kinds) == 2
