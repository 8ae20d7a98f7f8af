"""A database that is not the published log is not appended to, whatever made it so."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from minben.kernel.actor import SYSTEM
from minben.ledger import actions
from minben.ledger.guarding import LedgerForked, refuse_fork, remember_signed
from minben.ledger.jobs import due
from minben.ledger.keys import origin
from minben.ledger.merkle import leaf_hash, root_of
from minben.ledger.models import Intake, Leaf, Tree
from minben.ledger.notes import Checkpoint, SigningKey, sign_note
from minben.ledger.queries import tree_size
from tests.factories import DAY0

pytestmark = pytest.mark.django_db


def enter(how_many: int, word: str = "x") -> None:
    """So many acts more in the log, and a checkpoint."""
    actions.submit_many(
        [
            actions.Submission(kind="proposals.filed", at=DAY0, ref=n, data={"word": f"{word}{n}"})
            for n in range(how_many)
        ],
        by=SYSTEM,
        at=DAY0,
    )
    actions.sequence_all(by=SYSTEM, at=DAY0)
    actions.sign_checkpoint(by=SYSTEM, at=DAY0)


@pytest.fixture
def kept(settings: Any, tmp_path: Path) -> Path:
    """A production's own file, with what a log of 300 entries signed last."""
    settings.VAR = tmp_path
    actions.sequence_all(by=SYSTEM, at=DAY0)
    enter(300 - tree_size())
    settings.SANDBOX = False
    remember_signed()
    return tmp_path / "ledger.checkpoint"


def shorten(to: int) -> None:
    """What a restored backup looks like: the last leaves were never entered."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE ledger_leaf DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE tbl_name = 'ledger_leaf'"
                           " AND type = 'trigger'")  # fmt: skip
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute("DELETE FROM ledger_leaf WHERE index >= %s".replace(
            "index", connection.ops.quote_name("index")), [to])  # fmt: skip
    Tree.objects.update(size=to, peaks=[])


def test_the_published_log_goes_on(kept: Path) -> None:
    assert kept.read_text(encoding="utf-8").startswith(f"{origin()}\n300\n")
    refuse_fork()
    enter(10)
    refuse_fork()


def test_nothing_remembered_is_nothing_to_contradict(settings: Any, tmp_path: Path) -> None:
    settings.VAR, settings.SANDBOX = tmp_path, False
    remember_signed()
    refuse_fork()
    assert not list(tmp_path.iterdir())


def test_a_shorter_log_is_refused_and_nothing_is_entered(kept: Path) -> None:
    shorten(299)
    actions.submit(actions.Submission(kind="proposals.filed", at=DAY0, ref=1), by=SYSTEM, at=DAY0)
    with pytest.raises(LedgerForked, match="299 entries, 300 were published"):
        due(DAY0)
    assert Intake.objects.count() == 1


def test_another_log_of_the_same_length_is_refused(kept: Path) -> None:
    hashes = [bytes(one) for one in Leaf.objects.values_list("hash", flat=True)]
    root = root_of([*hashes[:-1], leaf_hash(b"another")])
    note = sign_note(Checkpoint(origin(), 300, root).text, SigningKey.generate(origin()))
    kept.write_text(note, encoding="utf-8")
    with pytest.raises(LedgerForked, match="are not those published"):
        refuse_fork()


def test_the_bundle_is_asked_too(kept: Path, settings: Any, tmp_path: Path) -> None:
    settings.LEDGER_BUNDLE_DIR = str(tmp_path / "bundle")
    refuse_fork()  # nothing published there yet
    (tmp_path / "bundle").mkdir()
    note = sign_note(Checkpoint(origin(), 301, bytes(32)).text, SigningKey.generate(origin()))
    (tmp_path / "bundle" / "checkpoint").write_text(note, encoding="utf-8")
    with pytest.raises(LedgerForked, match="301 were published"):
        refuse_fork()


def test_a_log_of_another_name_is_none_of_its_business(kept: Path) -> None:
    other = SigningKey.generate("elsewhere.example.org/ledger")
    kept.write_text(sign_note(Checkpoint(other.name, 9000, bytes(32)).text, other), "utf-8")
    refuse_fork()


def test_a_file_that_cannot_be_read_is_no_permission(kept: Path) -> None:
    kept.write_text("torn", encoding="utf-8")
    with pytest.raises(LedgerForked, match="cannot be read"):
        refuse_fork()


def test_a_full_disk_leaves_what_was_remembered(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept.read_text(encoding="utf-8")
    enter(5)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("minben.ledger.guarding.os.fsync", full)
    remember_signed()
    assert kept.read_text(encoding="utf-8") == before
    assert [one.name for one in kept.parent.iterdir()] == [kept.name]


def test_a_sandbox_may_begin_anew(kept: Path, settings: Any) -> None:
    settings.SANDBOX = True
    shorten(10)
    refuse_fork()
