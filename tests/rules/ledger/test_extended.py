"""Extensions of an answer in the public ledger: lawful ones verify, all others are found."""

from datetime import datetime
from pathlib import Path

import pytest

from minben.ledger.entries import instant
from minben.ledger.verifier.differences import Difference
from tests.ledger_book import DAY, HOUR, MINUTE, Book, midnight
from tests.rules.ledger.test_recount import DUE, OPEN, crowd, look, opened

LATEST = midnight(7, 5)  # two months after the 4th of May, the last day


def reached() -> Book:
    """The case has reached; its answer is due by the end of the 4th of May."""
    book = opened()
    crowd(book)
    return book


def extend(
    book: Book,
    at: datetime = DUE - MINUTE,
    to: datetime = LATEST,
    start: datetime = DUE,
    kind: str = "response",
) -> None:
    """Both the entry and what the platform then claims."""
    one = next(one for one in reversed(book.deadlines) if one["kind"] == kind)
    one["due_at"] = instant(to)
    book.sign(at - MINUTE)
    book.add(
        "casework.deadline_extended",
        at,
        case_id=1,
        subject=str(one["_subject"]),
        data={"kind": kind, "from": start.isoformat(), "to": to.isoformat()},
    )


def close_window(book: Book) -> None:
    book.end(1, "endorse_close", "met", midnight(5, 3))


def test_an_answer_in_the_time_that_was_added_is_in_time(tmp_path: Path) -> None:
    book = reached()
    close_window(book)
    extend(book)
    book.sign(LATEST - 2 * HOUR)
    book.end(1, "response", "met", LATEST - HOUR)
    report = look(tmp_path, book, LATEST - MINUTE)
    assert (report.figures["deadlines_missed"], report.figures["deadlines_met"]) == (0, 2)


def test_a_day_less_than_the_most_is_lawful_as_well(tmp_path: Path) -> None:
    book = reached()
    close_window(book)
    extend(book, to=LATEST - DAY)
    look(tmp_path, book, DUE + 5 * DAY)


def test_silence_after_the_added_time_is_found(tmp_path: Path) -> None:
    book = reached()
    close_window(book)
    extend(book)
    with pytest.raises(Difference, match="missed_silent"):
        look(tmp_path, book, LATEST + DAY + MINUTE)


@pytest.mark.parametrize(
    ("at", "to", "start", "code"),
    [
        (DUE, LATEST, DUE, "extension"),  # at the due instant it is late
        (DUE + HOUR, LATEST, DUE, "extension"),
        (DUE - MINUTE, LATEST + DAY, DUE, "extension"),
        (DUE - MINUTE, LATEST + MINUTE, DUE, "extension"),
        (DUE - MINUTE, DUE, DUE, "extension"),
        (DUE - MINUTE, DUE - DAY, DUE, "extension"),
        (DUE - MINUTE, LATEST, DUE - DAY, "due"),
    ],
)
def test_one_too_late_too_long_backwards_or_from_another_day(
    tmp_path: Path, at: datetime, to: datetime, start: datetime, code: str
) -> None:
    book = reached()
    close_window(book)
    extend(book, at, to, start)
    with pytest.raises(Difference, match=rf"\[{code}\]"):
        look(tmp_path, book, at + MINUTE)


def test_a_second_one_is_found(tmp_path: Path) -> None:
    book = reached()
    extend(book, OPEN + HOUR, DUE + DAY)
    extend(book, OPEN + 2 * HOUR, DUE + 2 * DAY, DUE + DAY)
    with pytest.raises(Difference, match="extension"):
        look(tmp_path, book, OPEN + 3 * HOUR)


def test_nothing_but_an_answer_is_extended(tmp_path: Path) -> None:
    book = reached()
    window = midnight(5, 3)
    extend(book, OPEN + HOUR, window + DAY, window, kind="endorse_close")
    with pytest.raises(Difference, match="extension"):
        look(tmp_path, book, OPEN + 2 * HOUR)


def test_one_of_a_deadline_that_never_began_is_found(tmp_path: Path) -> None:
    book = reached()
    book.deadlines[-1]["_subject"] = "deadline:999"
    extend(book)
    with pytest.raises(Difference, match="deadline_unknown"):
        look(tmp_path, book, DUE)


def test_a_claim_of_a_later_day_than_the_log_tells_is_found(tmp_path: Path) -> None:
    book = reached()
    close_window(book)
    extend(book, to=LATEST - DAY)
    book.deadlines[-1]["due_at"] = instant(LATEST)
    with pytest.raises(Difference, match="claim"):
        look(tmp_path, book, DUE)
