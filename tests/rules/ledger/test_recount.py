"""What the recount makes of entries: counts, crossings, deadlines, pauses, and what it refuses."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.ledger.entries import canonical, entry, instant, read
from minben.ledger.notes import Checkpoint, sign_note
from minben.ledger.verifier.checking import Wishes, verify
from minben.ledger.verifier.differences import Difference
from minben.ledger.verifier.fields import Entry, read_entry
from minben.ledger.verifier.report import Report
from minben.ledger.verifier.sources import open_source
from tests.ledger_book import DAY, HOUR, KEY, MINUTE, MONDAY, THRESHOLD, Book, midnight

OPEN = MONDAY + 2 * DAY  # the second day of the window
DUE = midnight(5, 5)  # two months after the 4th of March
Play = Callable[[Book], object]


def opened() -> Book:
    """A case that is open for endorsing from the 4th of March to the 2nd of May."""
    book = Book()
    book.rules()
    book.file(1, MONDAY)
    book.start(1, "check", MONDAY, midnight(3, 3), midnight(3, 6))
    book.sign(MONDAY + MINUTE)
    book.accept(1, MONDAY + DAY, midnight(3, 4), midnight(5, 3))
    book.sign(MONDAY + DAY + MINUTE)
    return book


def crowd(book: Book, n: int = THRESHOLD, at: datetime = OPEN) -> list[int]:
    """The places of `n` endorsements, a minute apart; the fifth of all reaches."""
    first = len(book.cases[1].given)
    return [book.endorse(1, first + i, at + i * MINUTE, due=DUE) for i in range(n)]


def look(tmp_path: Path, book: Book, at: datetime = OPEN + HOUR) -> Report:
    book.sign(at)
    folder = book.write(tmp_path / "log")
    return verify(open_source(str(folder)), Wishes(now=at, keys=[KEY.public]))


def reach(book: Book, at: datetime) -> int:
    return book.add("proposals.reached", at, case_id=1, data={"number": THRESHOLD})


def started(book: Book, kind: str, at: datetime, starts: datetime, due: datetime) -> None:
    book.start(1, kind, at, starts, due)


def ended(book: Book, kind: str, outcome: str, at: datetime) -> int:
    data = {"kind": kind, "outcome": outcome}
    return book.add("casework.deadline_ended", at, case_id=1, subject="case:1", data=data)


def other(book: Book, **change: object) -> int:
    """An endorsement with one field changed."""
    value = dict(read(book.endorsed(1, 7, OPEN))) | change
    return book.put(canonical({name: one for name, one in value.items() if one is not None}))


REFUSED: list[tuple[str, Play]] = [
    ("kind", lambda b: b.add("proposals.unheard_of", OPEN)),
    ("spelling", lambda b: b.put(b'{"at": 1}')),
    ("spelling", lambda b: b.put(b"\xff")),
    ("spelling", lambda b: b.put(b'{"at":"x","data":' + b"[" * 20_000 + b"}")),
    ("field", lambda b: other(b, more="x")),
    ("field", lambda b: other(b, case=0)),
    ("field", lambda b: other(b, case=True)),
    ("field", lambda b: other(b, case="1")),
    ("field", lambda b: other(b, case=10**30)),
    ("field", lambda b: other(b, case=None)),
    ("field", lambda b: other(b, who=None)),
    ("field", lambda b: other(b, who="AB" * 16)),
    ("field", lambda b: other(b, commit="ab")),
    ("field", lambda b: other(b, by=3)),
    ("field", lambda b: other(b, data=[])),
    ("field", lambda b: other(b, at="2026-03-04T02:00:00Z")),
    ("field", lambda b: other(b, at="2026-13-04T02:00:00.000000Z")),
    ("not_filed", lambda b: other(b, case=2)),
    ("filed_twice", lambda b: b.file(1, OPEN)),
    ("outside_window", lambda b: b.put(b.endorsed(1, 7, midnight(3, 4) - MINUTE))),
    ("double", lambda b: [b.endorse(1, 7, OPEN), b.endorse(1, 7, OPEN + MINUTE)]),
    (
        "not_endorsement",
        lambda b: b.add("proposals.invalidated", OPEN, case_id=1, data={"leaves": [0]}),
    ),
    ("field", lambda b: b.add("proposals.invalidated", OPEN, case_id=1, data={"leaves": [10**9]})),
    ("field", lambda b: b.add("proposals.invalidated", OPEN, case_id=1, data={"leaves": "all"})),
    ("field", lambda b: b.add("proposals.invalidated", OPEN, case_id=1)),
    ("struck_twice", lambda b: [b.strike(1, [p], OPEN + HOUR) for p in crowd(b, 1) * 2]),
    ("not_struck", lambda b: b.strike(1, crowd(b, 1), OPEN + HOUR, kind="restored")),
    ("reached_early", lambda b: [crowd(b, 4), reach(b, OPEN + 4 * MINUTE)]),
    ("reached_twice", lambda b: [crowd(b, 5), reach(b, OPEN + 4 * MINUTE)]),
    ("deadline_twice", lambda b: started(b, "endorse_close", OPEN, midnight(3, 5), midnight(5, 4))),
    ("deadline_unknown", lambda b: ended(b, "response", "met", OPEN)),
    ("due", lambda b: started(b, "response", OPEN, midnight(3, 5), DUE + DAY)),
    ("due", lambda b: started(b, "response", OPEN, midnight(3, 6), DUE)),
    ("outcome", lambda b: ended(b, "endorse_close", "met", OPEN)),
    ("outcome", lambda b: ended(b, "endorse_close", "forgotten", midnight(5, 3))),
    (
        "field",
        lambda b: b.add("casework.deadline_started", OPEN, case_id=1, data={"kind": "check"}),
    ),
    ("field", lambda b: b.add("proposals.endorsed", OPEN, commit="ab" * 32, who="ab" * 16)),
    ("ahead", lambda b: b.endorse(1, 7, OPEN + 2 * HOUR)),
    ("back_dated", lambda b: b.add("proposals.answered", MONDAY + DAY - HOUR, case_id=1)),
]


@pytest.mark.parametrize(("code", "play"), REFUSED)
def test_what_is_refused(code: str, play: Play, tmp_path: Path) -> None:
    book = opened()
    play(book)
    with pytest.raises(Difference) as seen:
        look(tmp_path, book)
    assert seen.value.code == code, seen.value.line


def test_a_case_that_crossed_and_was_not_declared(tmp_path: Path) -> None:
    book = opened()
    for n in range(5):
        book.endorse(1, n, OPEN + n * MINUTE)
    with pytest.raises(Difference, match="not_reached"):
        look(tmp_path, book, at=OPEN + 2 * HOUR)


def test_reached_at_the_instant_of_the_wrong_endorsement(tmp_path: Path) -> None:
    book = opened()
    for n in range(6):
        book.endorse(1, n, OPEN + n * MINUTE)
    reach(book, OPEN + 5 * MINUTE)
    with pytest.raises(Difference) as seen:
        look(tmp_path, book)
    assert (seen.value.code, "leaf " in seen.value.expected) == ("reached_at", True)


def test_the_sixth_does_not_cross_again(tmp_path: Path) -> None:
    book = opened()
    crowd(book, 9)
    assert look(tmp_path, book).figures["reached"] == 1
    assert book.cases[1].reached_at == OPEN + 4 * MINUTE


def test_one_that_is_given_back_can_cross(tmp_path: Path) -> None:
    book = opened()
    given = crowd(book, 4)
    book.strike(1, given[:2], OPEN + HOUR)
    crowd(book, 2, OPEN + 2 * HOUR)
    assert book.cases[1].reached_at is None
    place = book.strike(1, given[:1], OPEN + 3 * HOUR, kind="restored")
    book.reach(1, place, OPEN + 3 * HOUR, DUE)
    assert look(tmp_path, book, OPEN + 4 * HOUR).figures["reached"] == 1


def fall(book: Book, outcome: str, at: datetime) -> None:
    data = {"outcome": outcome, "count": 4, "threshold": THRESHOLD}
    book.add("proposals.fell_below", at, case_id=1, data=data)


def test_a_case_that_fell_and_stands_has_reached(tmp_path: Path) -> None:
    book = opened()
    book.strike(1, crowd(book, 5)[:1], OPEN + HOUR)
    fall(book, "stands", OPEN + HOUR)
    assert look(tmp_path, book, OPEN + 2 * HOUR).figures["reached"] == 1


def test_a_case_that_fell_and_was_reopened_can_reach_again(tmp_path: Path) -> None:
    book = opened()
    book.strike(1, crowd(book, 5)[:1], OPEN + HOUR)
    fall(book, "reopens", OPEN + HOUR)
    book.end(1, "response", "cancelled", OPEN + HOUR)
    book.cases[1].reached_at = book.cases[1].reached_index = None
    place = book.endorse(1, 99, OPEN + 2 * HOUR)
    book.reach(1, place, OPEN + 2 * HOUR, DUE)
    assert look(tmp_path, book, OPEN + 3 * HOUR).figures["reached"] == 1


def test_a_fall_that_is_none(tmp_path: Path) -> None:
    book = opened()
    crowd(book, 5)
    fall(book, "reopens", OPEN + HOUR)
    with pytest.raises(Difference, match="claim"):
        look(tmp_path, book, OPEN + 2 * HOUR)


class TestDeadlines:
    def test_a_duty_that_passed_and_was_not_told(self, tmp_path: Path) -> None:
        book = opened()
        crowd(book, 5)
        at = DUE + DAY + MINUTE
        book.end(1, "endorse_close", "met", midnight(5, 3))
        with pytest.raises(Difference, match="missed_silent"):
            look(tmp_path, book, at)

    def test_a_duty_done_late_without_being_told_as_missed(self, tmp_path: Path) -> None:
        book = opened()
        crowd(book, 5)
        book.sign(DUE - HOUR)
        book.end(1, "response", "met", DUE + HOUR)
        with pytest.raises(Difference, match="outcome"):
            look(tmp_path, book, DUE + 2 * HOUR)

    def test_a_duty_told_as_missed_before_it_was_due(self, tmp_path: Path) -> None:
        book = opened()
        crowd(book, 5)
        data = {"kind": "response", "due_at": (DUE - DAY).isoformat()}
        subject = str(book.deadlines[-1]["_subject"])
        book.add("casework.deadline_missed", DUE - DAY, case_id=1, subject=subject, data=data)
        with pytest.raises(Difference, match="missed_early"):
            look(tmp_path, book, DUE)

    def pause(self, book: Book, at: datetime) -> None:
        data = {
            "jurisdiction": "ey",
            "starts_at": midnight(3, 10).isoformat(),
            "ends_at": midnight(3, 20).isoformat(),
        }
        book.add("casework.pause_declared", at, subject="pause:1", data=data)

    def move(self, book: Book, at: datetime, start: datetime, to: datetime) -> None:
        window = next(one for one in book.deadlines if one["kind"] == "endorse_close")
        window["due_at"] = instant(to)
        data = {"kind": "endorse_close", "from": start.isoformat(), "to": to.isoformat()}
        subject = str(window["_subject"])
        book.add("casework.deadline_moved", at, case_id=1, subject=subject, data=data)

    def test_a_pause_gives_its_ten_days_back_and_takes_them_when_cancelled(
        self, tmp_path: Path
    ) -> None:
        book = opened()
        self.pause(book, OPEN)
        self.move(book, OPEN, midnight(5, 3), midnight(5, 13))
        begun = midnight(3, 12)
        book.sign(begun - MINUTE)
        book.add("casework.pause_cancelled", begun, subject="pause:1", data={"jurisdiction": "ey"})
        self.move(book, begun, midnight(5, 13), midnight(5, 5))
        look(tmp_path, book, begun + MINUTE)

    @pytest.mark.parametrize(
        ("start", "to"), [(midnight(5, 3), midnight(5, 14)), (midnight(5, 4), midnight(5, 13))]
    )
    def test_a_move_that_no_pause_explains(
        self, tmp_path: Path, start: datetime, to: datetime
    ) -> None:
        book = opened()
        self.pause(book, OPEN)
        self.move(book, OPEN, start, to)
        with pytest.raises(Difference, match="due"):
            look(tmp_path, book)

    def test_a_pause_of_another_government_moves_nothing(self, tmp_path: Path) -> None:
        book = opened()
        data = {
            "jurisdiction": "taipei",
            "starts_at": midnight(3, 10).isoformat(),
            "ends_at": midnight(3, 20).isoformat(),
        }
        book.add("casework.pause_declared", OPEN, subject="pause:1", data=data)
        self.move(book, OPEN, midnight(5, 3), midnight(5, 13))
        with pytest.raises(Difference, match="due"):
            look(tmp_path, book)


def test_a_case_from_elsewhere_has_its_own_past_and_a_count_nobody_can_check(
    tmp_path: Path,
) -> None:
    book = opened()
    old = MONDAY - 900 * DAY
    book.add("proposals.imported", OPEN, case_id=2)
    book.add("proposals.filed", old, case_id=2, data={"number": "old-1"})
    book.add("casework.deadline_missed", old + DAY, case_id=2, subject="case:2",
             data={"kind": "response", "due_at": (old + DAY).isoformat()})  # fmt: skip
    book.add("proposals.reached", old + DAY, case_id=2, data={"number": 5000})
    claims = book.claims()
    claims["cases"]["2"] = {"number": "old-1", "threshold": 5000, "count": 5123}  # type: ignore[index]
    book.claims = lambda: claims | {"size": len(book.entries)}  # type: ignore[method-assign]
    assert look(tmp_path, book).figures["taken_over"] == 5123


def test_without_that_word_its_past_is_back_dated(tmp_path: Path) -> None:
    book = opened()
    book.add("proposals.filed", MONDAY - 900 * DAY, case_id=2)
    with pytest.raises(Difference, match="back_dated"):
        look(tmp_path, book)


def test_an_endorsement_may_not_hide_behind_a_known_instant(tmp_path: Path) -> None:
    """Only what tells of an instant again may lie there; an endorsement is an act of its own."""
    book = opened()
    crowd(book, 5)
    book.sign(OPEN + HOUR)
    book.endorse(1, 99, OPEN + 4 * MINUTE)
    with pytest.raises(Difference, match="back_dated"):
        look(tmp_path, book, OPEN + 2 * HOUR)


def test_checkpoints_go_forward_and_tell_their_time(tmp_path: Path) -> None:
    book = opened()
    crowd(book, 1)
    with pytest.raises(Difference, match="time_backwards"):
        look(tmp_path, book, MONDAY)
    book.notes[-1] = sign_note(Checkpoint(KEY.name, len(book.entries), book.root()).text, KEY)
    folder = book.write(tmp_path / "log")
    with pytest.raises(Difference, match="no_time"):
        verify(open_source(str(folder)), Wishes(now=OPEN))


def test_an_empty_log(tmp_path: Path) -> None:
    assert look(tmp_path, Book()).size == 0


@given(
    at=st.datetimes(min_value=datetime(1000, 1, 1), max_value=datetime(9999, 12, 31)),
    case=st.integers(1, 2**63 - 1),
    who=st.binary(min_size=16, max_size=16),
)
def test_the_glance_at_an_endorsement_sees_what_reading_sees(
    at: datetime, case: int, who: bytes
) -> None:
    told = {"at": at.isoformat(timespec="microseconds") + "Z", "case": case, "commit": "ab" * 32}
    raw = canonical(told | {"kind": "proposals.endorsed", "v": 1, "who": who.hex()})
    glance = read_entry(3, raw)
    longer = read_entry(3, canonical(read(raw) | {"by": "x"}))
    assert glance == longer
    assert isinstance(glance, Entry)
    assert (
        entry("proposals.endorsed", glance.at, case_id=case, commit="ab" * 32, who=who.hex()) == raw
    )
    assert timedelta(0) == glance.at.utcoffset()
