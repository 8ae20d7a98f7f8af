"""Plan, contact and reports on what is under study: both recounts follow them, and find what is false."""

import json
import shutil
import subprocess
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from minben.casework.rules import OWED_BY_LEAD, DeadlineKind
from minben.kernel.duties import Duties
from minben.ledger.entries import instant, read
from minben.ledger.verifier.differences import Difference
from minben.ledger.verifier.rulings import DUTY_OF, TERM_OF
from tests.ledger_book import DAY, HOUR, MINUTE, Book, midnight
from tests.rules.ledger.test_recount import OPEN, crowd, look, opened

STARTS = midnight(3, 5)  # the day after the case reached
PLAN, CONTACT = midnight(3, 12), midnight(3, 15)  # day 7 and day 10 have ended
RETURN = midnight(10, 1)  # six months after 31 March: by the end of 30 September


def reached() -> Book:
    """The case has reached on the 4th of March."""
    book = opened()
    crowd(book)
    return book


def started(book: Book, kind: str, at: datetime, starts: datetime, due: datetime) -> None:
    book.start(1, kind, at, starts, due)


def whole() -> Book:
    """A plan in time, a contact a day late, a report on what is under study, and the next one."""
    book = reached()
    last = datetime.fromisoformat(str(read(book.entries[-1])["at"]).replace("Z", "+00:00"))
    started(book, "handling_plan", last, STARTS, PLAN)
    started(book, "contact", last, STARTS, CONTACT)
    book.sign(last + MINUTE)
    book.end(1, "handling_plan", "met", PLAN - HOUR)
    book.miss(1, "contact")
    book.end(1, "contact", "met", CONTACT + DAY)
    answered = midnight(4, 1) - HOUR
    book.end(1, "response", "met", answered)
    started(book, "study_return", answered, midnight(4, 1), RETURN)
    book.end(1, "endorse_close", "met", midnight(5, 3))
    return book


def test_every_kind_of_deadline_is_recomputed() -> None:
    assert set(TERM_OF) | set(DUTY_OF) == set(DeadlineKind)
    assert set(DUTY_OF) < set(OWED_BY_LEAD)
    assert set(DUTY_OF) < set(Duties.__dataclass_fields__)


def test_lawful_ones_verify(tmp_path: Path) -> None:
    report = look(tmp_path, whole(), midnight(5, 4))
    told = report.figures
    # Check, plan and answer in time; the contact late; the report on what is under study runs.
    assert (told["deadlines"], told["deadlines_met"], told["deadlines_missed"]) == (5, 3, 1)
    assert told["deadlines_recomputed"] == 6


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        ("handling_plan", PLAN + DAY),
        ("handling_plan", PLAN - DAY),
        ("contact", PLAN),
        ("study_return", midnight(9, 4)),
    ],
)
def test_another_day_than_the_rules_say_is_found(tmp_path: Path, kind: str, due: datetime) -> None:
    book = reached()
    started(book, kind, OPEN + 4 * MINUTE, STARTS, due)
    with pytest.raises(Difference, match=r"\[due\]"):
        look(tmp_path, book, OPEN + HOUR)


def test_silence_about_a_plan_nobody_published_is_found(tmp_path: Path) -> None:
    book = reached()
    started(book, "handling_plan", OPEN + 4 * MINUTE, STARTS, PLAN)
    with pytest.raises(Difference, match="missed_silent"):
        look(tmp_path, book, PLAN + DAY + MINUTE)


def test_a_late_one_told_as_kept_is_found(tmp_path: Path) -> None:
    book = reached()
    started(book, "contact", OPEN + 4 * MINUTE, STARTS, CONTACT)
    book.end(1, "contact", "met", CONTACT + HOUR)
    with pytest.raises(Difference, match="outcome"):
        look(tmp_path, book, CONTACT + 2 * HOUR)


def test_a_second_one_while_the_first_runs_is_found(tmp_path: Path) -> None:
    book = reached()
    for _ in range(2):
        started(book, "handling_plan", OPEN + 4 * MINUTE, STARTS, PLAN)
    with pytest.raises(Difference, match="deadline_twice"):
        look(tmp_path, book, OPEN + HOUR)


def test_a_plan_is_never_extended(tmp_path: Path) -> None:
    book = reached()
    started(book, "handling_plan", OPEN + 4 * MINUTE, STARTS, PLAN)
    subject = str(book.deadlines[-1]["_subject"])
    data = {"kind": "handling_plan", "from": PLAN.isoformat(), "to": (PLAN + DAY).isoformat()}
    book.add("casework.deadline_extended", OPEN + HOUR, case_id=1, subject=subject, data=data)
    with pytest.raises(Difference, match="extension"):
        look(tmp_path, book, OPEN + 2 * HOUR)


class TestBrowser:
    """What the page in the browser makes of the same entries, run by Node."""

    def counted(self, book: Book, at: datetime) -> dict[str, Any]:
        node = shutil.which("node")
        if node is None:
            pytest.skip("Node is not installed")
        parts = files("minben.ledger.onefile")
        names = ("hashing.js", "source.js", "recount.js", "claims.js", "drawing.js", "words.js")
        program = "\n".join(parts.joinpath(name).read_text(encoding="utf-8") for name in names)
        told = json.dumps([read(one) for one in book.entries])
        driver = (
            f"const told = {told};\nconst count = new Count(1, 5);\n"
            "told.forEach((one, index) => count.add(index, one));\n"
            f"count.finish({instant(at)!r});\n"
            "console.log(JSON.stringify({ deadlines: count.deadlines, found: count.differences }));"
        )
        done = subprocess.run(
            [node, "-"], input=program + driver, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def test_it_comes_to_the_same(self) -> None:
        book = whole()
        found = self.counted(book, midnight(5, 4))
        assert found["found"] == []
        names = ("kind", "outcome", "outcome_at", "missed_at")
        instants = {"outcome_at", "missed_at"}

        def facts(row: dict[str, Any]) -> dict[str, Any]:
            told = {name: row.get(name) for name in names}
            return told | {
                name: instant(datetime.fromisoformat(str(told[name]).replace("Z", "+00:00")))
                for name in instants
                if told[name]
            }

        assert [facts(row) for row in found["deadlines"]] == [facts(row) for row in book.deadlines]

    def test_it_finds_silence_and_false_outcomes(self) -> None:
        silent = reached()
        started(silent, "handling_plan", OPEN + 4 * MINUTE, STARTS, PLAN)
        found = self.counted(silent, PLAN + DAY + MINUTE)
        assert "missed_silent" in json.dumps(found["found"])
        late = reached()
        started(late, "contact", OPEN + 4 * MINUTE, STARTS, CONTACT)
        late.end(1, "contact", "met", CONTACT + HOUR)
        assert "outcome_differs" in json.dumps(self.counted(late, CONTACT + 2 * HOUR)["found"])

    def test_it_has_a_word_for_every_kind_in_both_languages(self) -> None:
        words = files("minben.ledger.onefile").joinpath("words.js").read_text(encoding="utf-8")
        for kind in DeadlineKind:
            name = "check_deadline" if kind is DeadlineKind.CHECK else kind.value
            assert words.count(f" {name}: ") == 2, kind
