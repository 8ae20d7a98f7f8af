"""Entries have one spelling, and whatever else is refused in one line."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from minben.ledger.entries import (
    canonical,
    commitment,
    entry,
    instant,
    read,
    read_instant,
    who_tag,
)

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def test_the_one_spelling() -> None:
    raw = entry("proposals.filed", AT, case_id=7, subject="proposal:3", data={"號": "2026-1"})
    assert raw.decode() == (
        '{"at":"2026-03-02T02:00:00.000000Z","case":7,"data":{"號":"2026-1"},'
        '"kind":"proposals.filed","subject":"proposal:3","v":1}'
    )
    assert read(raw)["case"] == 7
    assert entry("a.b", AT, data={}) == entry("a.b", AT)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"at":"x","kind":"a.b","v":2}',
        b'{"at":"x","kind":3,"v":1}',
        b'{"kind":"a.b","v":1}',
        b'{"at":"x", "kind":"a.b","v":1}',
        b'{"kind":"a.b","at":"x","v":1}',
        b'{"at":"x","at":"x","kind":"a.b","v":1}',
        b'{"at":"x","kind":"a.b","v":1.0}',
        b'{"at":"x","kind":"a.b","v":true}',
        b'{"at":"x","data":NaN,"kind":"a.b","v":1}',
        b'{"at":"x","data":"\\ud800","kind":"a.b","v":1}',
        b'{"at":"x","data":"\\u0041","kind":"a.b","v":1}',
        b'{"at":"x","data":' + b"9" * 5000 + b',"kind":"a.b","v":1}',
        b'{"at":"x","data":' + b"[" * 30000 + b"]" * 30000 + b',"kind":"a.b","v":1}',
        b'{"at":"x","kind":"a.b","v":1}\n',
        '{"at":"x","kind":"a.b","v":1}'.encode("utf-16"),
    ],
)
def test_what_is_no_entry(raw: bytes) -> None:
    with pytest.raises(ValueError):
        read(raw)


def test_fractions_have_no_spelling() -> None:
    for value in ({"a": 1.5}, {"a": [{"b": 0.1}]}, {"a": float("nan")}):
        with pytest.raises(ValueError, match="fractions"):
            canonical(value)


def test_instants() -> None:
    taipei = timezone(timedelta(hours=8))
    assert instant(AT.astimezone(taipei)) == "2026-03-02T02:00:00.000000Z"
    assert read_instant(instant(AT)) == AT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-03-02T02:00:00.000000",
        "2026-03-02T02:00:00.000000+00:00",
        "2026-03-02T02:00:00Z",
        "20260302T020000.000000Z",
        "2026-W10-1T02:00:00.000000Z",
        "2026-03-02T02:00:00.000000ZZ",
        "2026-13-02T02:00:00.000000Z",
    ],
)
def test_what_is_no_instant(text: str) -> None:
    with pytest.raises(ValueError):
        read_instant(text)


def test_commitments_tell_nothing_without_the_salt() -> None:
    sealed = {"person": "person:1", "county": "臺北市"}
    assert commitment(b"a" * 32, sealed) != commitment(b"b" * 32, sealed)
    assert commitment(b"a" * 32, sealed) == commitment(b"a" * 32, dict(reversed(sealed.items())))


def test_a_person_s_tag_is_the_same_on_one_case_only() -> None:
    assert who_tag(b"k", 7) == who_tag(b"k", 7)
    assert len({who_tag(b"k", 7), who_tag(b"k", 8), who_tag(b"j", 7)}) == 3
    assert len(who_tag(b"k", 7)) == 32
