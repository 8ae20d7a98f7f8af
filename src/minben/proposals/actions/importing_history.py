"""The events of an archived proposal at their own times, so that its timeline is its history."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from minben.audit import queries as audit
from minben.audit.actions import Entry
from minben.proposals.archive.agencies import agency_named
from minben.proposals.archive.fate import Fate
from minben.proposals.archive.records import ArchivedProposal, Post
from minben.proposals.models import Proposal
from minben.proposals.rules import State

IMPORTED = "proposals.imported"


def history_of(
    proposal: Proposal,
    record: ArchivedProposal,
    fate: Fate,
    rule_set: str,
    responses: Sequence[tuple[int, datetime]],
    at: datetime,
) -> Iterator[Entry]:
    """Yield what happened up to `at`, but for reaching: its instant may yet be found out.

    Args:
        rule_set: code of the pinned rule set.
        responses: id and time of the stored posts, earliest first.
    """

    def entry(kind: str, when: datetime, label: str = "", **data: object) -> Entry:
        return Entry(kind, when, f"proposal:{proposal.pk}", proposal.case_id, label, data)

    yield entry(IMPORTED, at, archive="join", archive_id=record.archive_id, digest=record.digest)
    yield entry("proposals.filed", record.filed_at, number=proposal.case.number, rule_set=rule_set)
    yield entry(
        "proposals.accepted",
        record.accepted_at,
        opens_at=fate.opens_at.isoformat(),
        closes_at=record.closes_at.isoformat(),
    )
    if fate.state is State.WITHDRAWN and record.withdrawn_at:
        yield entry("proposals.withdrawn", record.withdrawn_at, reason=record.withdraw_reason)
    elif record.closes_at <= at:
        seen = record.counted_until.isoformat() if record.counted_until else ""
        kind = "lapsed" if fate.state is State.LAPSED else "window_closed"
        yield entry(
            f"proposals.{kind}", record.closes_at, endorsed=proposal.endorsed, last_seen=seen
        )
    yield from _missed(proposal, record, fate)
    posts = [post for post in record.posts if post.says_something]
    for post, (pk, _) in zip(posts, responses, strict=True):
        yield _published(proposal, post, pk, final=post is fate.final)


def _missed(proposal: Proposal, record: ArchivedProposal, fate: Fate) -> Iterator[Entry]:
    for deadline in fate.deadlines:
        if deadline.missed_at:
            leads = record.leads if deadline.kind == "response" else ()
            yield Entry(
                "casework.deadline_missed",
                deadline.missed_at,
                f"case:{proposal.case_id}",
                proposal.case_id,
                data={
                    "kind": deadline.kind,
                    "due_at": deadline.due_at.isoformat(),
                    "basis": deadline.basis,
                    "agency": _named(leads[0]) if leads else "",
                    "archived": True,
                },
            )


def _published(proposal: Proposal, post: Post, pk: int, *, final: bool) -> Entry:
    return Entry(
        "casework.response_published" if final else "casework.progress_reported",
        post.at,
        f"response:{pk}",
        proposal.case_id,
        post.agency,
        {"response": pk, "adoption": "", "agency": _named(post.agency)},
    )


def _named(agency: str) -> dict[str, str]:
    return {"zh": agency, "en": agency_named(agency).name_en}


def missing_history(case_id: int, wanted: Iterable[Entry]) -> list[Entry]:
    """Those of `wanted` that the record does not hold yet, and always the import itself."""
    told = {(event.kind, event.at, event.actor_label) for event in audit.of_case(case_id)}
    return [
        entry
        for entry in wanted
        if entry.kind == IMPORTED or (entry.kind, entry.at, entry.label) not in told
    ]
