"""Taking archived proposals over (提議檔案匯入): each with its case, its dates and its history.

Whatever an archive tells of a proposal is the archive's own: a changed record is brought up to
date, a record read before is left alone, and nothing is ever taken twice. What people did here
since (endorsements, comments) is never touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from minben.assigning.actions import forget_precedent
from minben.audit.actions import record_many
from minben.base.bulk import insert_rows
from minben.casework import actions as casework_actions
from minben.casework import queries as casework
from minben.casework.archive import ArchivedCase, ArchivedResponse
from minben.casework.permissions import require
from minben.discussion import actions as discussion
from minben.kernel.actor import Actor
from minben.kernel.calendar import CalendarRangeError, load_calendar
from minben.kernel.periods import local_day
from minben.proposals.actions.importing_agencies import GOVERNMENT, AgencyBook
from minben.proposals.actions.importing_history import history_of, missing_history
from minben.proposals.actions.precedents import index_precedents
from minben.proposals.actions.search_index import grams_of, index_text
from minben.proposals.archive.agencies import topic_of
from minben.proposals.archive.fate import Fate, fate_of
from minben.proposals.archive.faults import ArchiveFault, Reject
from minben.proposals.archive.records import ArchivedProposal
from minben.proposals.models import Check, CurvePoint, Gram, Proposal
from minben.proposals.rules import State

if TYPE_CHECKING:
    from minben.casework.models import Case, RuleSet


@dataclass(slots=True)
class Taken:
    """What became of a batch: counts, how the proposals stand, and lines with a fault or remark."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Reject] = field(default_factory=list)
    remarks: list[Reject] = field(default_factory=list)
    states: dict[str, int] = field(default_factory=dict)

    def remark(self, line: int, code: str, name: str, **params: object) -> None:
        """Note what was taken, but is worth a look."""
        self.remarks.append(Reject.of(line, ArchiveFault(code, name, **params)))


@dataclass(frozen=True, slots=True)
class _Told:
    """A record with what follows from it under the rules of its day."""

    record: ArchivedProposal
    rule_set: RuleSet
    fate: Fate


@transaction.atomic
def import_proposals(*, records: Sequence[ArchivedProposal], by: Actor, at: datetime) -> Taken:
    """Take a batch of archived proposals over; an archive or the system only. No one is told.

    A record under no rule set is rejected; the rest of the batch is taken.
    """
    require(by)
    taken = Taken()
    told = list(_with_fates(records, at, taken))
    known = {
        str(row.archive_id): row
        for row in Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case")
        .filter(archive_id__in=[item.record.archive_id for item in told])
    }
    book = AgencyBook(by=by, at=at)
    fresh = [item for item in told if item.record.archive_id not in known]
    _file(fresh, book, taken, by=by, at=at)
    for item in told:
        taken.states[item.fate.state] = taken.states.get(item.fate.state, 0) + 1
        proposal = known.get(item.record.archive_id)
        if proposal is None:
            taken.created += 1
        elif proposal.archive_digest == item.record.digest:
            taken.unchanged += 1
        else:
            _bring_up_to_date(proposal, item, book, by=by, at=at)
            taken.updated += 1
        if not all(post.says_something for post in item.record.posts):
            taken.remark(item.record.line, "empty_post", "responses")
    index_precedents(by=by, at=at)
    return taken


def _with_fates(records: Sequence[ArchivedProposal], at: datetime, taken: Taken) -> Iterator[_Told]:
    rule_sets = [row for row in casework.rule_sets() if row.jurisdiction.code == GOVERNMENT]
    calendar = load_calendar()
    for record in records:
        rule_set = _in_force(rule_sets, record.filed_at)
        if rule_set is None:
            taken.rejected.append(Reject.of(record.line, ArchiveFault("no_rule_set", "submitted")))
            continue
        try:
            yield _Told(record, rule_set, fate_of(record, rule_set.rules, calendar, at))
        except CalendarRangeError:
            taken.rejected.append(Reject.of(record.line, ArchiveFault("no_calendar", "approved")))


def _in_force(rule_sets: Sequence[RuleSet], at: datetime) -> RuleSet | None:
    day = local_day(at)
    held = [
        row
        for row in rule_sets
        if row.in_force_from <= day and (row.in_force_until is None or day < row.in_force_until)
    ]
    return max(held, key=lambda row: row.in_force_from, default=None)


def _file(
    told: Sequence[_Told], book: AgencyBook, taken: Taken, *, by: Actor, at: datetime
) -> None:
    """File new ones, all at once."""
    numbers = _numbers(told, taken)
    cases = casework_actions.file_archived_cases(
        cases=[_case(item, book, numbers[item.record.archive_id]) for item in told], by=by, at=at
    )
    threads = discussion.open_threads(
        closed_at=[_thread_closes(item, at) for item in told], by=by, at=at
    )
    proposals = []
    for item, case, thread in zip(told, cases, threads, strict=True):
        proposal = Proposal(case=case, thread=thread, archive_id=item.record.archive_id)
        proposals.append(_describe(proposal, item))
    proposals = Proposal.objects.bulk_create(proposals)
    pairs = list(zip(proposals, told, strict=True))
    Check.objects.bulk_create(_checked(Check(proposal=row), item, by) for row, item in pairs)
    _draw_curves(pairs)
    grams = (gram for proposal in proposals for gram in grams_of(proposal))
    insert_rows(
        Gram,
        ("gram", "proposal", "in_subject"),
        ((gram.gram, gram.proposal_id, gram.in_subject) for gram in grams),
    )
    posted = _response_ids(cases)
    record_many(
        entries=(
            entry
            for proposal, item in pairs
            for entry in history_of(
                proposal, item.record, item.fate, item.rule_set.code, posted[proposal.case_id], at
            )
        ),
        by=by,
        at=at,
    )


def _bring_up_to_date(
    proposal: Proposal, told: _Told, book: AgencyBook, *, by: Actor, at: datetime
) -> None:
    """Rewrite what the archive owns; add to the history what it did not hold yet."""
    case = casework_actions.refile_archived_case(
        case_id=proposal.case_id, told=_case(told, book, proposal.case.number), by=by, at=at
    )
    counted = proposal.endorsements.exists()
    kept = (proposal.endorsed, proposal.reached_at)
    _describe(proposal, told)
    if counted:
        # Single endorsements are known, and they tell number and crossing better.
        proposal.endorsed = proposal.numbered = proposal.confirmed = kept[0]
        if kept[1] and told.record.reached_at:
            same_day = local_day(kept[1]) == local_day(told.record.reached_at)
            proposal.reached_at = kept[1] if same_day else told.record.reached_at
    proposal.save()
    _checked(Check.objects.get_or_create(proposal=proposal)[0], told, by).save()
    if not counted:
        CurvePoint.objects.filter(proposal=proposal).delete()
        _draw_curves([(proposal, told)])
    index_text(proposal=proposal, by=by, at=at)
    forget_precedent(case_id=proposal.case_id, by=by, at=at)
    posted = _response_ids([case])[case.pk]
    wanted = history_of(proposal, told.record, told.fate, told.rule_set.code, posted, at)
    record_many(entries=missing_history(case.pk, wanted), by=by, at=at)


def _describe(proposal: Proposal, told: _Told) -> Proposal:
    record, fate = told.record, told.fate
    proposal.state = fate.state
    proposal.subject, proposal.content = record.subject, record.content
    proposal.benefits = record.benefits
    proposal.evidence = {"links": [], "video": record.video, "files": []}
    if record.attachments:
        proposal.evidence["not_in_archive"] = record.attachments
    proposal.topic = topic_of(record.leads, record.assists)
    proposal.threshold, proposal.endorsed = record.threshold, record.endorsed
    proposal.numbered = proposal.confirmed = record.endorsed  # nobody here to write to
    proposal.filed_at = record.filed_at
    proposal.opens_at, proposal.closes_at = fate.opens_at, record.closes_at
    proposal.reached_at = record.reached_at
    proposal.response_due_at = fate.response_due_at
    proposal.answered_at = fate.final.at if fate.final else None
    proposal.withdrawn_at = record.withdrawn_at
    proposal.withdraw_reason = record.withdraw_reason if record.withdrawn_at else ""
    proposal.archive_digest = record.digest
    return proposal


def _checked(check: Check, told: _Told, by: Actor) -> Check:
    check.accepted, check.decided_by = True, by.id
    check.decided_at = told.record.accepted_at
    return check


def _case(told: _Told, book: AgencyBook, number: str) -> ArchivedCase:
    record, fate = told.record, told.fate
    day = local_day(record.filed_at)
    leads = book.ids(record.leads, day)
    assists = tuple(pk for pk in book.ids(record.assists, day) if pk not in leads)
    return ArchivedCase(
        number=number,
        rule_set_id=told.rule_set.pk,
        jurisdiction_id=told.rule_set.jurisdiction_id,
        filed_at=record.filed_at,
        closed_at=fate.closed_at,
        leads=leads,
        assists=assists,
        agency_names=tuple(dict.fromkeys((*record.leads, *record.assists))),
        deadlines=fate.deadlines,
        responses=tuple(
            ArchivedResponse(
                at=post.at,
                agency_id=book.named(post.agency, local_day(post.at)).pk,
                interim=post is not fate.final,
                blocks={
                    "analysis": post.analysis,
                    "deliberation": post.deliberation,
                    "adoption_reason": post.adoption_reason,
                    "follow_up": post.follow_up,
                },
            )
            for post in record.posts
            if post.says_something
        ),
    )


def _numbers(told: Sequence[_Told], taken: Taken) -> dict[str, str]:
    """The case number of each: the archive's, unless it has none or another case has it."""
    wanted = [item.record.case_number for item in told if item.record.case_number]
    used = casework.numbers_in_use(wanted)
    numbers = {}
    for item in told:
        record = item.record
        number = record.case_number
        if not number:
            number = f"{local_day(record.filed_at):%Y%m%d}-{record.archive_id[:8]}"
        elif number in used:
            number = f"{number[:15]}-{record.archive_id[:8]}"
            taken.remark(
                record.line,
                "shared_case_number",
                "case_number",
                found=record.case_number,
                given=number,
            )
        used.add(number)
        numbers[record.archive_id] = number
    return numbers


def _thread_closes(told: _Told, at: datetime) -> datetime | None:
    """Nobody adds to an archived discussion, unless endorsing is still open."""
    return None if told.fate.state is State.ENDORSING else told.fate.closed_at or at


def _draw_curves(pairs: Sequence[tuple[Proposal, _Told]]) -> None:
    insert_rows(
        CurvePoint,
        ("proposal", "day", "total"),
        ((row.pk, day, total) for row, told in pairs for day, total in told.record.curve),
    )


def _response_ids(cases: Sequence[Case]) -> dict[int, list[tuple[int, datetime]]]:
    """Id and time of the published responses of each case, earliest first."""
    found: dict[int, list[tuple[int, datetime]]] = {case.pk: [] for case in cases}
    for pk, case_id, when in casework.published_responses(list(found)):
        found[case_id].append((pk, when))
    return found
