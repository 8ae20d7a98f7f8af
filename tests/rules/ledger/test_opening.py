"""Opening balances as the verifier reads them: what is counted, and what is refused."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from minben.ledger.entries import instant
from minben.ledger.verifier.checking import Wishes, verify
from minben.ledger.verifier.differences import Difference
from minben.ledger.verifier.report import Report
from minben.ledger.verifier.sources import open_source
from tests.ledger_book import DAY, HOUR, KEY, MINUTE, MONDAY, THRESHOLD, Book, midnight

CLOSES = midnight(4, 20)
WINDOW = {
    "subject": "deadline:1-endorse_close-1",
    "kind": "endorse_close",
    "starts_at": instant(midnight(2, 20)),
    "due_at": instant(CLOSES),
    "outcome": "open",
}


def older(count: int = 3, **more: object) -> Book:
    """A log that begins with the balance of case 1, whose window was open."""
    book = Book()
    told = {"last": instant(MONDAY - HOUR), "deadlines": [WINDOW]} | more
    book.open(1, count, MONDAY, **told)
    if told["deadlines"] == [WINDOW]:
        claimed = {name: value for name, value in WINDOW.items() if name != "subject"}
        book.deadlines.append(
            claimed
            | {"case": 1, "outcome_at": None, "missed_at": None, "_subject": WINDOW["subject"]}
        )
    book.sign(MONDAY + MINUTE)
    return book


def look(tmp_path: Path, book: Book, at: datetime = MONDAY + HOUR) -> Report:
    book.sign(at)
    folder = book.write(tmp_path / "log")
    return verify(open_source(str(folder)), Wishes(now=at, keys=[KEY.public]))


def test_opening_and_leaves_make_the_count_and_cross_the_threshold(tmp_path: Path) -> None:
    book = older()
    for n in range(3):
        place = book.endorse(1, n, MONDAY + n * MINUTE)
        if book.cases[1].count == THRESHOLD:
            book.reach(1, place, MONDAY + n * MINUTE, midnight(5, 3))
    assert book.cases[1].count == 6
    assert book.cases[1].reached_at == MONDAY + MINUTE
    found = look(tmp_path, book)
    assert {name: found.figures[name] for name in ("endorsements", "opening", "opened")} == {
        "endorsements": 3, "opening": 3, "opened": 1,
    }  # fmt: skip
    assert [line for line in found.lines() if "期初餘額" in line]


def test_a_log_without_any_says_nothing_of_it(tmp_path: Path) -> None:
    book = Book()
    book.rules()
    found = look(tmp_path, book)
    assert (found.figures["opening"], found.figures["opened"]) == (0, 0)
    assert not [line for line in found.lines() if "期初餘額" in line]


@pytest.mark.parametrize("claimed", [3, 5, 9])
def test_what_is_claimed_beyond_opening_and_leaves_is_a_difference(
    claimed: int, tmp_path: Path
) -> None:
    book = older()
    book.endorse(1, 1, MONDAY)
    book.cases[1].count = claimed
    with pytest.raises(Difference) as seen:
        look(tmp_path, book)
    assert (seen.value.code, seen.value.expected) == ("claim", "4")


def test_a_balance_of_which_nothing_is_claimed_is_a_difference(tmp_path: Path) -> None:
    book = older()
    del book.cases[1]
    with pytest.raises(Difference, match="claim"):
        look(tmp_path, book)


def test_a_deadline_that_stood_is_moved_and_ended(tmp_path: Path) -> None:
    book = older()
    window = book.deadlines[0]
    to = CLOSES + DAY
    data = {"kind": "endorse_close", "from": CLOSES.isoformat(), "to": to.isoformat()}
    subject = str(window["_subject"])
    book.add("casework.deadline_moved", MONDAY, case_id=1, subject=subject, data=data)
    window["due_at"] = instant(to)
    book.end(1, "endorse_close", "lapsed", to)
    assert look(tmp_path, book, to + HOUR).figures["deadlines"] == 0


def test_a_duty_that_stood_and_passed_must_be_told(tmp_path: Path) -> None:
    duty = WINDOW | {"kind": "check", "due_at": instant(MONDAY + DAY)}
    book = older(deadlines=[duty])
    told = {name: value for name, value in duty.items() if name != "subject"}
    book.deadlines.append(
        told | {"case": 1, "outcome_at": None, "missed_at": None, "_subject": duty["subject"]}
    )
    with pytest.raises(Difference, match="missed_silent"):
        look(tmp_path, book, MONDAY + 3 * DAY)
    book.miss(1, "check")
    assert look(tmp_path, book, MONDAY + 3 * DAY).figures["deadlines_missed"] == 1


def test_an_endorsement_outside_of_a_window_that_stood(tmp_path: Path) -> None:
    book = older()
    book.endorse(1, 1, CLOSES)
    with pytest.raises(Difference, match="outside_window"):
        look(tmp_path, book, CLOSES + HOUR)


def test_totals_are_told_from_the_day_after_on(tmp_path: Path) -> None:
    book = older()
    claims = book.claims
    book.endorse(1, 1, MONDAY)
    book.endorse(1, 2, MONDAY + DAY)

    def claimed(totals: dict[str, int]) -> Callable[[], dict[str, object]]:
        def tell() -> dict[str, object]:
            told = claims()
            told["cases"]["1"]["totals"] = totals  # type: ignore[index]
            return told

        return tell

    book.claims = claimed({"2026-03-03": 5})  # type: ignore[method-assign]
    look(tmp_path, book, MONDAY + DAY + HOUR)
    for wrong in ({"2026-03-03": 2}, {"2026-03-02": 4, "2026-03-03": 5}, {}):
        book.claims = claimed(wrong)  # type: ignore[method-assign]
        with pytest.raises(Difference, match="claim"):
            look(tmp_path, book, MONDAY + DAY + HOUR)


def test_of_a_case_from_elsewhere_only_what_is_claimed_beyond_it_is_called_taken_over(
    tmp_path: Path,
) -> None:
    book = older(archived=True)
    book.deadlines.clear()
    book.endorse(1, 1, MONDAY)
    book.cases[1].count += 10
    figures = look(tmp_path, book).figures
    assert (figures["opening"], figures["taken_over"]) == (3, 10)
    book.cases[1].count = 3
    with pytest.raises(Difference, match="claim"):
        look(tmp_path, book)


REFUSED: list[tuple[str, dict[str, object]]] = [
    ("field", {"count": -1}),
    ("field", {"count": True}),
    ("field", {"count": "3"}),
    ("field", {"count": 2**63}),
    ("field", {"threshold": 0}),
    ("field", {"number": 7}),
    ("field", {"last": "yesterday"}),
    ("field", {"reached_at": 5}),
    ("field", {"deadlines": "none"}),
    ("field", {"deadlines": [1]}),
    ("field", {"deadlines": [{"kind": "check"}]}),
    ("field", {"deadlines": [WINDOW | {"missed_at": "x"}]}),
    ("opening_late", {"last": instant(MONDAY + MINUTE)}),
    ("opening_late", {"reached_at": instant(MONDAY + MINUTE)}),
]


@pytest.mark.parametrize(("code", "more"), REFUSED)
def test_statements_that_are_refused(code: str, more: dict[str, object], tmp_path: Path) -> None:
    book = Book()
    told = {"number": "2025-000001", "threshold": 5, "count": 3} | more
    book.add("proposals.opening_balance", MONDAY, case_id=1, data=told)
    with pytest.raises(Difference) as seen:
        look(tmp_path, book)
    assert seen.value.code == code, seen.value.line


AFTER: list[tuple[str, Callable[[Book], object]]] = [
    ("opening_twice", lambda b: b.open(1, 3, MONDAY + 2 * MINUTE)),
    ("opening_twice", lambda b: [b.endorse(1, 1, MONDAY), b.open(1, 3, MONDAY + 2 * MINUTE)]),
    ("filed_twice", lambda b: b.file(1, MONDAY + 2 * MINUTE)),
    ("taken_over_late", lambda b: b.add("proposals.imported", MONDAY, case_id=1)),
    (
        "opening_late",
        lambda b: [
            b.add("proposals.imported", MONDAY, case_id=2),
            b.open(2, 3, MONDAY + 2 * MINUTE),
        ],
    ),
    ("opening_late", lambda b: [b.file(2, MONDAY), b.open(2, 3, MONDAY)]),
    ("opening_late", lambda b: [b.file(2, MONDAY), b.open(3, 3, MONDAY)]),
    (
        "opening_late",
        lambda b: [b.file(2, MONDAY), b.endorse(2, 1, MONDAY), b.open(2, 3, MONDAY)],
    ),
    ("field", lambda b: b.add("proposals.opening_balance", MONDAY, data={"count": 3})),
]


@pytest.mark.parametrize(("code", "play"), AFTER)
def test_what_cannot_follow(code: str, play: Callable[[Book], object], tmp_path: Path) -> None:
    book = older()
    play(book)
    with pytest.raises(Difference) as seen:
        look(tmp_path, book)
    assert seen.value.code == code, seen.value.line


def test_older_cases_may_be_opened_when_newer_ones_were_filed(tmp_path: Path) -> None:
    """Whoever upgraded in a hurry: what waits there has not been entered yet."""
    book = Book()
    book.rules(MONDAY)
    book.file(7, MONDAY)
    book.open(3, 4, MONDAY + MINUTE)
    book.open(2, 0, MONDAY + MINUTE)
    assert look(tmp_path, book).figures["opening"] == 4
