"""One record of the archive: what is read, and what is refused with the name of its field."""

import json
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minben.kernel.periods import end_of, last_day, start_of
from minben.proposals.archive.agencies import agency_named, known_agencies, topic_of
from minben.proposals.archive.faults import ArchiveFault, Reject
from minben.proposals.archive.lines import ArchiveFile
from minben.proposals.archive.proposals_file import parse_proposal, proposals_in
from minben.proposals.archive.records import ArchivedProposal
from minben.proposals.models import TOPICS
from tests.archive_samples import NOW, answered, lapsed, line, post, withdrawn, write_jsonl


def read(record: dict[str, Any] | str) -> ArchivedProposal:
    return parse_proposal(record if isinstance(record, str) else line(record), 1, NOW)


def refused(record: dict[str, Any] | str) -> tuple[str, str]:
    with pytest.raises(ArchiveFault) as caught:
        read(record)
    assert " · " in str(caught.value)
    return caught.value.code, caught.value.field


def test_a_record_is_read_in_instants_and_clean_words() -> None:
    told = read(lapsed(title=" 飲水機 \n 標示 "))
    assert told.subject == "飲水機 標示"
    assert told.content == "公園飲水機看不出濾心何時更換。\n請貼出日期與檢驗結果。"
    assert told.filed_at == datetime(2017, 6, 5, 2, tzinfo=UTC)
    assert last_day(told.closes_at) == date(2017, 8, 6)
    assert (told.leads, told.assists) == (("行政院環境保護署",), ("內政部",))
    assert (told.completed, told.endorsed, told.threshold) == (False, 12, 5000)


def test_posts_are_in_order_and_keep_their_links() -> None:
    told = read(answered(responses=[post("2017-08-15"), post("2017-07-01", links="甲;乙; ")]))
    assert [str(one.at.date()) for one in told.posts] == ["2017-07-01", "2017-08-15"]
    assert told.posts[0].follow_up == "一年內完成。\n甲\n乙"


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2017-06-21T23:59:59+08:00", date(2017, 6, 21)),
        ("2017-06-22T04:59:59+08:00", date(2017, 6, 21)),  # the same, shifted by five hours
        ("2017-06-21T00:00:00+08:00", date(2017, 6, 21)),  # the day itself
    ],
)
def test_odd_times_at_which_a_check_is_due(told: str, day: date) -> None:
    assert read(lapsed(check_due=told)).check_due_at == end_of(day)


@pytest.mark.parametrize("told", ["00:00:00", "00:00:01", "05:00:00"])
def test_odd_times_at_which_endorsing_closes(told: str) -> None:
    record = lapsed(endorse_due=f"2017-08-07T{told}+08:00")
    assert read(record).closes_at == start_of(date(2017, 8, 7))


def test_a_close_in_the_middle_of_a_day_stands() -> None:
    told = read(lapsed(endorse_due="2017-08-07T18:13:27+08:00"))
    assert told.closes_at == datetime(2017, 8, 7, 10, 13, 27, tzinfo=UTC)


def test_a_time_without_a_zone_is_of_taiwan() -> None:
    assert read(lapsed(submitted="2017-06-05 10:00:00")).filed_at.hour == 2


def test_counts_seen_after_the_close_are_the_last_days() -> None:
    told = read(lapsed(curve=[["2017-08-01", 5], ["2018-01-04", 12], ["2018-01-05", 12]]))
    assert told.curve == ((date(2017, 8, 1), 5), (date(2017, 8, 6), 12))


def test_a_count_later_than_the_last_sight_is_not_dated() -> None:
    assert read(lapsed()).counted_until == date(2017, 8, 6)
    assert read(lapsed(curve=[])).counted_until == date(2017, 8, 6)
    assert read(lapsed(endorse_count_last_seen=13)).counted_until is None


def test_guesses_of_the_archive_change_nothing_but_the_digest() -> None:
    one = read(answered())
    other = read(answered(responses=[post("2017-08-15", disposition_guess="不予採納")]))
    assert one.digest != other.digest
    assert "disposition" not in str(other)


def test_the_digest_does_not_depend_on_order() -> None:
    assert read(lapsed()).digest == read(dict(reversed(lapsed().items()))).digest
    assert read(lapsed()).digest != read(lapsed(endorse_count_last_seen=13)).digest


@pytest.mark.parametrize(
    ("record", "code", "field"),
    [
        ("{", "not_json", ""),
        ("[1]", "not_object", ""),
        ('"text"', "not_object", ""),
        ("[" * 100_000, "not_json", ""),
        (lapsed(id=None), "missing_field", "id"),
        (lapsed(id="x" * 41), "too_long", "id"),
        (lapsed(title=""), "missing_field", "title"),
        (lapsed(title="\x08 "), "missing_field", "title"),
        (lapsed(title=5), "not_text", "title"),
        (lapsed(title="長" * 201), "too_long", "title"),
        (lapsed(content="壞字\ud800"), "not_utf8", "content"),
        (lapsed(content="空\x00字"), "not_utf8", "content"),
        (lapsed(outcome="rejected"), "unknown_outcome", "outcome"),
        (lapsed(submitted=None), "missing_field", "submitted"),
        (lapsed(submitted="yesterday"), "bad_date", "submitted"),
        (lapsed(submitted="2017-02-30T00:00:00+08:00"), "bad_date", "submitted"),
        (lapsed(submitted="0001-01-01T00:00:00+08:00"), "bad_date", "submitted"),
        (lapsed(approved="9999-12-31T23:59:59+08:00"), "bad_date", "approved"),
        (lapsed(curve=[["9999-12-31", 4]]), "bad_date", "curve[0]"),
        (lapsed(submitted=20170605), "bad_date", "submitted"),
        (lapsed(sent_for_check="2017-06-04T00:00:00+08:00"), "out_of_order", "sent_for_check"),
        (lapsed(approved="2017-06-04T00:00:00+08:00"), "out_of_order", "approved"),
        (lapsed(endorse_due="2017-06-01T00:00:00+08:00"), "out_of_order", "endorse_due"),
        (lapsed(endorse_due="2017-06-08T00:00:00+08:00"), "out_of_order", "endorse_due"),
        (lapsed(endorse_goal=0), "negative", "endorse_goal"),
        (lapsed(endorse_count_last_seen=-1), "negative", "endorse_count_last_seen"),
        (lapsed(endorse_count_last_seen="12"), "not_number", "endorse_count_last_seen"),
        (lapsed(endorse_count_last_seen=True), "not_number", "endorse_count_last_seen"),
        (lapsed(endorse_count_last_seen=2**40), "too_large", "endorse_count_last_seen"),
        (lapsed(endorse_count_last_seen=5000), "contradiction", "endorse_count_last_seen"),
        (lapsed(lead="內政部"), "not_list", "lead"),
        (lapsed(lead=[3]), "not_text", "lead"),
        (lapsed(curve=[["2017-06-09"]]), "not_list", "curve[0]"),
        (lapsed(curve=[["2017-06-09", -4]]), "negative", "curve[0]"),
        (lapsed(curve=[["9 June", 4]]), "bad_date", "curve[0]"),
        (lapsed(responses=[post("2017-08-15")]), "contradiction", "responses"),
        (lapsed(status="Revoked"), "contradiction", "status"),
        (withdrawn(status="FirstSigned"), "contradiction", "status"),
        (withdrawn(revoked="2017-06-01T09:00:00+08:00"), "out_of_order", "revoked"),
        (withdrawn(goal_reached="2017-06-20T00:00:00+08:00"), "contradiction", "revoked"),
        (answered(goal_reached=None, responses=[]), "missing_field", "goal_reached"),
        (answered(goal_reached="2017-09-01T00:00:00+08:00"), "contradiction", "goal_reached"),
        (answered(goal_reached="2017-06-01T00:00:00+08:00"), "out_of_order", "goal_reached"),
        (answered(responses=[post("2017-06-10")]), "out_of_order", "responses"),
        (answered(responses=[post("2027-06-10")]), "in_future", "responses"),
        (answered(responses=["text"]), "not_object", "responses[0]"),
        (answered(responses=[post("2017-08-15", org="")]), "missing_field", "responses[0].org"),
        (answered(responses=[post("soon")]), "bad_date", "responses[0].time"),
        (
            answered(responses=[post("2017-08-15", looks_interim="no")]),
            "not_flag",
            "responses[0].looks_interim",
        ),
    ],
)
def test_what_can_not_be_taken_is_named(
    record: dict[str, Any] | str, code: str, field: str
) -> None:
    if isinstance(record, dict) and record.get("content") == "壞字\ud800":
        record = json.dumps(record)  # as an escape, the only way such a thing can be written
    assert refused(record) == (code, field)


def test_the_same_proposal_twice_in_a_file_is_taken_once(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", lapsed(), "oops", lapsed(title="另一個"))
    items = list(proposals_in(ArchiveFile(path), NOW))
    assert isinstance(items[0], ArchivedProposal)
    assert [(one.line, one.reason) for one in items if isinstance(one, Reject)] == [
        (2, "not_json"),
        (3, "duplicate_id"),
    ]


def test_a_line_in_another_encoding_is_named_and_left(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    text = line(lapsed())
    path.write_bytes(b"\n".join([text.encode("big5", "replace"), text.encode()]))
    items = list(proposals_in(ArchiveFile(path), NOW))
    assert isinstance(items[0], Reject)
    assert (items[0].line, items[0].reason) == (1, "not_utf8")
    assert isinstance(items[1], ArchivedProposal)


@given(
    st.sampled_from(sorted(lapsed())),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=5,
    ),
)
def test_whatever_stands_in_a_field_is_read_or_refused_but_never_breaks(
    field: str, value: object
) -> None:
    text = json.dumps(answered(**{field: value}))
    with suppress(ArchiveFault):
        assert parse_proposal(text, 1, NOW).archive_id


def test_topics_come_from_who_leads_or_else_from_who_assists() -> None:
    assert topic_of(("內政部", "教育部"), ("衛生福利部",)) == "education"
    assert topic_of((), ("衛生福利部",)) == "health"
    assert topic_of(("內政部",), ("衛生福利部",)) == "other"
    assert topic_of((), ()) == "other"


def test_the_table_of_agencies_is_sound() -> None:
    table = known_agencies().values()
    assert {known.topic for known in table} <= set(TOPICS)
    assert len({known.code for known in table}) == len(table)
    assert all(known.name_en for known in table)
    assert (
        agency_named("不存在署").code == agency_named("不存在署").code != agency_named("某署").code
    )
