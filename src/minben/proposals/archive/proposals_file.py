"""Proposals of the archive, one JSON object a line (提議檔).

Odd times of the archive, as found among 1,400 records, and how they are read:

* A check is due at 23:59:59 of its last day; a few say 04:59:59 of the day after (the same,
  shifted by five hours), the oldest say 00:00:00 of the last day itself.
* Endorsing closes at the midnight that ends the last day; some write 00:00:01 or 05:00:00.
  The oldest close in the middle of a day, exactly so many days after acceptance; those stand.
* The time of reaching is often the midnight that begins the day: only the day is known.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from minben.kernel.periods import TAIPEI, end_of, last_day, local_day, start_of
from minben.proposals.archive.cleaning import clean_line, clean_text
from minben.proposals.archive.faults import ArchiveFault, Reject
from minben.proposals.archive.fields import Fields, checked_number, parsed_day
from minben.proposals.archive.lines import ArchiveFile, decoded
from minben.proposals.archive.records import ArchivedProposal, Post

FORM = "2"  # part of every digest: raise it when reading changes, and all records are read anew
TEXT_MAX = 100_000
_NIGHT = time(5, 0, 0)
_SHIFTED = time(4, 59, 59)
_OUTCOMES = {"completed": True, "not_reached_when_last_seen": False}


def proposals_in(file: ArchiveFile, at: datetime) -> Iterator[ArchivedProposal | Reject]:
    """Yield the proposals of a file, and a fault for each line that holds none."""
    seen: set[str] = set()
    for item in file.lines():
        if isinstance(item, Reject):
            yield item
            continue
        number, raw = item
        try:
            found = parse_proposal(decoded(raw), number, at)
            if found.archive_id in seen:
                raise ArchiveFault("duplicate_id", "id")
        except ArchiveFault as fault:
            yield Reject.of(number, fault)
            continue
        seen.add(found.archive_id)
        yield found


def parse_proposal(line: str, number: int, at: datetime) -> ArchivedProposal:
    """Read one line; `at` is now, and nothing in an archive lies in the future.

    Raises:
        ArchiveFault: naming the first field that can't be taken.
    """
    record = _object(line)
    fields = Fields(record)
    closes_at = _closing(fields.instant("endorse_due"))
    outcome = fields.text("outcome", most=60)
    if outcome not in _OUTCOMES:
        raise ArchiveFault("unknown_outcome", "outcome", found=outcome)
    found = ArchivedProposal(
        line=number,
        archive_id=fields.text("id", most=40),
        digest=_digest(record),
        case_number=fields.text("case_number", most=24, required=False).strip(),
        subject=_written(fields, "title", most=200, one_line=True),
        content=_written(fields, "content"),
        benefits=clean_text(fields.text("benefits_impact", most=TEXT_MAX, required=False)),
        filed_at=fields.instant("submitted"),
        check_from=fields.instant_or_none("sent_for_check") or fields.instant("submitted"),
        check_due_at=_check_due(fields.instant_or_none("check_due")),
        accepted_at=fields.instant("approved"),
        closes_at=closes_at,
        reached_at=fields.instant_or_none("goal_reached"),
        withdrawn_at=fields.instant_or_none("revoked"),
        withdraw_reason=clean_text(fields.text("revoked_reason", most=1000, required=False)),
        completed=_OUTCOMES[outcome],
        threshold=fields.number("endorse_goal", least=1),
        endorsed=fields.number("endorse_count_last_seen"),
        last_seen=fields.day_or_none("last_seen"),
        leads=_names(fields, "lead"),
        assists=_names(fields, "assist"),
        video=fields.text("video", most=500, required=False).strip(),
        attachments=fields.number("n_attachments", required=False),
        posts=_posts(fields),
        curve=_curve(fields, last_day(closes_at)),
    )
    _check_dates(found, at)
    _check_outcome(found, fields.text("status", most=60, required=False))
    return found


def _object(line: str) -> dict[str, Any]:  # Any: parsed JSON
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ArchiveFault("not_json", detail=error) from error
    if not isinstance(record, dict):
        raise ArchiveFault("not_object")
    return record


def _digest(record: dict[str, Any]) -> str:
    text = json.dumps(record, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{FORM}:{text}".encode()).hexdigest()


def _written(fields: Fields, field: str, *, most: int = TEXT_MAX, one_line: bool = False) -> str:
    text = fields.text(field, most=most)
    cleaned = clean_line(text) if one_line else clean_text(text)
    if not cleaned:
        raise ArchiveFault("missing_field", fields.name(field))
    return cleaned


def _names(fields: Fields, field: str) -> tuple[str, ...]:
    names = (clean_line(name) for name in fields.texts(field, most=80))
    return tuple(dict.fromkeys(name for name in names if name))


def _check_due(told: datetime | None) -> datetime | None:
    if told is None:
        return None
    if told.astimezone(TAIPEI).time() == _SHIFTED:
        told -= timedelta(hours=5)
    return end_of(local_day(told))


def _closing(told: datetime) -> datetime:
    return start_of(local_day(told)) if told.astimezone(TAIPEI).time() <= _NIGHT else told


def _posts(fields: Fields) -> tuple[Post, ...]:
    posts = []
    for index, item in enumerate(fields.items("responses")):
        within = f"responses[{index}]."
        if not isinstance(item, dict):
            raise ArchiveFault("not_object", within[:-1])
        posts.append(_post(Fields(item, within)))
    return tuple(sorted(posts, key=lambda post: post.at))


def _post(fields: Fields) -> Post:
    def block(field: str) -> str:
        return clean_text(fields.text(field, most=TEXT_MAX, required=False))

    links = fields.text("links", most=TEXT_MAX, required=False)
    shown = [part.strip() for part in links.split(";") if part.strip()]
    return Post(
        at=fields.instant("time"),
        agency=clean_line(fields.text("org", most=80)),
        interim=fields.flag("looks_interim"),
        analysis=block("analysis"),
        deliberation=block("deliberation"),
        adoption_reason=block("adoption"),
        # The archive keeps a post's links apart; readers find them under the last block.
        follow_up="\n".join(part for part in (block("plan"), *shown) if part),
    )


def _curve(fields: Fields, last: date) -> tuple[tuple[date, int], ...]:
    """Day and total; what was seen after the window had closed is the total of its last day."""
    points: dict[date, int] = {}
    for index, item in enumerate(fields.items("curve")):
        name = f"curve[{index}]"
        if not isinstance(item, list) or len(item) != 2:
            raise ArchiveFault("not_list", name)
        day, total = parsed_day(item[0], name), checked_number(item[1], name)
        points[min(day, last)] = max(total, points.get(min(day, last), 0))
    return tuple(sorted(points.items()))


def _check_dates(found: ArchivedProposal, at: datetime) -> None:
    """Nothing happens before what it follows from, and nothing in the future."""
    line = [
        ("submitted", found.filed_at),
        ("sent_for_check", found.check_from),
        ("approved", found.accepted_at),
        ("endorse_due", found.closes_at),
    ]
    for (before, earlier), (field, later) in pairwise(line):
        if later < earlier:
            raise ArchiveFault("out_of_order", field, before=before)
    if found.closes_at <= end_of(local_day(found.accepted_at)):
        raise ArchiveFault("out_of_order", "endorse_due", before="approved")
    if found.accepted_at > at:
        raise ArchiveFault("in_future", "approved")
    for field, instant in (("goal_reached", found.reached_at), ("revoked", found.withdrawn_at)):
        if instant is not None and instant < found.accepted_at:
            raise ArchiveFault("out_of_order", field, before="approved")
        if instant is not None and instant > at:
            raise ArchiveFault("in_future", field)
    if found.reached_at and found.reached_at >= found.closes_at:
        raise ArchiveFault("contradiction", "goal_reached", other="endorse_due")
    if found.posts and found.posts[-1].at > at:
        raise ArchiveFault("in_future", "responses")


def _check_outcome(found: ArchivedProposal, status: str) -> None:
    """Dates and outcome tell one story."""
    if found.completed and found.reached_at is None:
        raise ArchiveFault("missing_field", "goal_reached")
    if found.reached_at is None and found.endorsed >= found.threshold:
        raise ArchiveFault("contradiction", "endorse_count_last_seen", other="goal_reached")
    if found.withdrawn_at and found.reached_at:
        raise ArchiveFault("contradiction", "revoked", other="goal_reached")
    if (status == "Revoked") != (found.withdrawn_at is not None):
        raise ArchiveFault("contradiction", "status", other="revoked")
    if found.reached_at is None and found.posts:
        raise ArchiveFault("contradiction", "responses", other="goal_reached")
    if found.reached_at and found.posts and found.posts[0].at < found.reached_at:
        raise ArchiveFault("out_of_order", "responses", before="goal_reached")
