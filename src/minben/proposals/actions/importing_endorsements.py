"""Taking archived endorsements over (附議檔匯入): hundreds of thousands, each known by its number.

An endorsement read before is left alone, so that an import that broke off can be run again.
Afterwards :func:`settle_endorsements` works out what follows from the single endorsements:
how many there are, the daily curve, and which instant reached the threshold.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db import transaction

from minben.audit import queries as audit
from minben.audit.actions import Entry, record, record_many
from minben.base.bulk import insert_rows
from minben.casework.permissions import require
from minben.kernel.actor import Actor
from minben.kernel.periods import TAIPEI, local_day
from minben.proposals.actions.endorsing import reach
from minben.proposals.actions.importing import Taken
from minben.proposals.archive.faults import ArchiveFault, Reject
from minben.proposals.archive.records import ArchivedEndorsement
from minben.proposals.models import CurvePoint, Endorsement, Proposal
from minben.proposals.rules import State

_COLUMNS = (
    "proposal",
    "archive_number",
    "number",
    "at",
    "nickname",
    "county",
    "township",
    "reason",
)
_Row = tuple[datetime, str, str, str]


@dataclass(frozen=True, slots=True)
class _Window:
    proposal_id: int
    opens_at: datetime
    closes_at: datetime


@transaction.atomic
def import_endorsements(
    *, rows: Sequence[ArchivedEndorsement], by: Actor, at: datetime
) -> tuple[Taken, set[int]]:
    """Take a batch of endorsements over; returns the counts and which proposals they are of.

    Rejected are those of a proposal that is not here, and those outside its window.
    """
    require(by)
    taken = Taken()
    windows = _windows({row.archive_id for row in rows})
    groups: dict[int, list[ArchivedEndorsement]] = {}
    for row in rows:
        try:
            window = _window_of(row, windows)
        except ArchiveFault as fault:
            taken.rejected.append(Reject.of(row.line, fault))
            continue
        groups.setdefault(window.proposal_id, []).append(row)
    for proposal_id, group in groups.items():
        fresh = list(_fresh(proposal_id, group, taken))
        insert_rows(
            Endorsement,
            _COLUMNS,
            (
                (
                    proposal_id,
                    row.number,
                    row.number,
                    row.at,
                    "",
                    row.county,
                    row.township,
                    row.reason,
                )
                for row in fresh
            ),
        )
        taken.created += len(fresh)
    return taken, set(groups)


def _windows(archive_ids: Iterable[str]) -> dict[str, _Window]:
    found = Proposal.objects.filter(archive_id__in=list(archive_ids)).order_by("pk")
    return {
        str(archive_id): _Window(pk, opens_at, closes_at)
        for archive_id, pk, opens_at, closes_at in found.select_for_update().values_list(
            "archive_id", "pk", "opens_at", "closes_at"
        )
        if opens_at and closes_at
    }


def _window_of(row: ArchivedEndorsement, windows: dict[str, _Window]) -> _Window:
    window = windows.get(row.archive_id)
    if window is None:
        raise ArchiveFault("unknown_proposal", "proposal_id", found=row.archive_id)
    if row.at < window.opens_at:
        raise ArchiveFault("before_window", "endorsed_at")
    if row.at >= window.closes_at:
        raise ArchiveFault("after_window", "endorsed_at")
    return window


def _fresh(
    proposal_id: int, group: Sequence[ArchivedEndorsement], taken: Taken
) -> Iterator[ArchivedEndorsement]:
    """Yield those not here yet; those that changed are rewritten."""
    numbers = [row.number for row in group]
    stored = Endorsement.objects.filter(
        proposal_id=proposal_id, number__range=(min(numbers), max(numbers))
    )
    here: dict[int, tuple[bool, _Row]] = {
        number or 0: (archive_number is not None, (at, county, township, reason))
        for number, archive_number, at, county, township, reason in stored.values_list(
            "number", "archive_number", "at", "county", "township", "reason"
        )
    }
    for row in group:
        known = here.get(row.number)
        told = (row.at, row.county, row.township, row.reason)
        if known is None:
            yield row
        elif not known[0]:
            fault = ArchiveFault("duplicate_number", "no", found=row.number)
            taken.rejected.append(Reject.of(row.line, fault))
        elif known[1] == told:
            taken.unchanged += 1
        else:
            stored.filter(number=row.number).update(
                at=row.at, county=row.county, township=row.township, reason=row.reason
            )
            taken.updated += 1


def settle_endorsements(*, proposal_ids: Iterable[int], by: Actor, at: datetime) -> Taken:
    """Bring count, curve and the instant of reaching into line with the single endorsements."""
    require(by)
    taken = Taken()
    for pk in sorted(proposal_ids):
        _settle(pk, taken, by, at)
    return taken


@transaction.atomic
def _settle(pk: int, taken: Taken, by: Actor, at: datetime) -> None:
    proposal = (
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case")
        .get(pk=pk)
    )
    times = list(
        Endorsement.objects.filter(proposal=proposal)
        .order_by("number")
        .values_list("at", flat=True)
    )
    disordered = sum(later < earlier for earlier, later in pairwise(times))
    if disordered:
        taken.remark(0, "not_in_time_order", proposal.case.number, found=disordered)
        times.sort()
    before = (proposal.endorsed, proposal.reached_at)
    if proposal.endorsed != len(times):
        taken.remark(
            0, "counts_differ", proposal.case.number, told=proposal.endorsed, counted=len(times)
        )
        proposal.endorsed = len(times)
    crossing = times[proposal.threshold - 1] if len(times) >= proposal.threshold else None
    if proposal.reached_at and crossing:
        _find_crossing(proposal, crossing, taken)
    redrawn = _redraw_curve(proposal, times)
    if redrawn or before != (proposal.endorsed, proposal.reached_at):
        proposal.numbered = proposal.confirmed = proposal.endorsed
        proposal.save(update_fields=["endorsed", "numbered", "confirmed", "reached_at"])
        record(
            "proposals.endorsements_taken_over",
            by=by,
            at=at,
            subject=f"proposal:{proposal.pk}",
            case_id=proposal.case_id,
            data={"to": proposal.endorsed},
        )
    if crossing and proposal.state == State.ENDORSING:
        reach(proposal, crossing)


def _find_crossing(proposal: Proposal, crossing: datetime, taken: Taken) -> None:
    """The archive tells the day of reaching, the endorsements tell the instant."""
    told = proposal.reached_at or crossing
    if local_day(told) == local_day(crossing):
        proposal.reached_at = crossing
        return
    taken.remark(
        0,
        "reached_elsewhere",
        proposal.case.number,
        told=local_day(told),
        number=proposal.threshold,
        counted=local_day(crossing),
    )


def _redraw_curve(proposal: Proposal, times: Sequence[datetime]) -> bool:
    totals: dict[date, int] = {}
    for total, when in enumerate(times, start=1):
        totals[local_day(when)] = total
    points = CurvePoint.objects.filter(proposal=proposal)
    if dict(points.values_list("day", "total")) == totals:
        return False
    points.delete()
    insert_rows(
        CurvePoint,
        ("proposal", "day", "total"),
        ((proposal.pk, day, total) for day, total in totals.items()),
    )
    return True


@transaction.atomic
def tell_of_reaching(*, by: Actor, at: datetime) -> int:
    """Record the reaching of archived proposals, once each; returns how many.

    It comes last, when the single endorsements have told the instant, if they are known; else
    the archive often knows only the day.
    """
    require(by)
    reached = list(
        Proposal.objects.filter(archive_id__isnull=False, reached_at__isnull=False).order_by("pk")
    )
    told = audit.cases_with("proposals.reached", [proposal.case_id for proposal in reached])
    return record_many(
        entries=(_reached(row) for row in reached if row.case_id not in told), by=by, at=at
    )


def _reached(proposal: Proposal) -> Entry:
    when = proposal.reached_at or proposal.filed_at
    local = when.astimezone(TAIPEI)
    data: dict[str, object] = {
        "number": proposal.threshold,
        "day_only": (local.hour, local.minute) == (0, 0) and local.second <= 1,
    }
    if proposal.response_due_at:
        data["due_at"] = proposal.response_due_at.isoformat()
    return Entry("proposals.reached", when, f"proposal:{proposal.pk}", proposal.case_id, data=data)
