"""What everybody may read of the demands of a case (公布之訴求與參採情形)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from minben.casework.rules import Adoption
from minben.demands.models import Correction, Disposition, SplitVersion
from minben.demands.rules import Change, differences, roll_up


@dataclass(frozen=True, slots=True)
class PublishedDisposition:
    """A disposition with those it corrected, the newest first.

    Args:
        because: why it was corrected; empty for the first.
        changes: how its reason differs from the one before; empty for the first.
    """

    number: int
    agency: Mapping[str, str]
    adoption: Adoption
    reason: str
    follow_up: str
    because: str
    decided_at: datetime
    published_at: datetime
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedDemand:
    """A demand as the last published split has it.

    Args:
        agency: ``code``, ``zh``, ``en``; None where nobody is responsible yet.
        left_out: ``dropped`` or ``merged`` with its `reason`; empty for one that stands.
        into: number of the demand it was merged into.
        dispositions: the one in force first, then what it corrected; empty before the answer.
    """

    number: int
    text: str
    drawn_from: str
    agency: Mapping[str, str] | None
    left_out: str
    reason: str
    into: int | None
    dispositions: tuple[PublishedDisposition, ...] = ()

    @property
    def disposition(self) -> PublishedDisposition | None:
        """The disposition in force, if it is public."""
        return self.dispositions[0] if self.dispositions else None


@dataclass(frozen=True, slots=True)
class PublishedSplit:
    """The last published split of a case; `adoption` is what its dispositions make of the case."""

    version: int
    at: datetime
    note: str
    corrections_until: datetime | None
    agreed_at: datetime | None
    demands: tuple[PublishedDemand, ...]
    adoption: Adoption | None

    @property
    def standing(self) -> tuple[PublishedDemand, ...]:
        """The demands that were neither dropped nor merged."""
        return tuple(demand for demand in self.demands if not demand.left_out)


def published(case_id: int) -> PublishedSplit | None:
    """The last published split with all published dispositions; None before one. Two queries."""
    last = SplitVersion.objects.filter(case=case_id).order_by("-number").first()
    if last is None:
        return None
    found = _dispositions(case_id)
    demands = tuple(
        PublishedDemand(**item, dispositions=found.get(item["number"], ())) for item in last.items
    )
    in_force = [one.disposition.adoption for one in demands if one.disposition]
    return PublishedSplit(
        version=last.number,
        at=last.at,
        note=last.note,
        corrections_until=last.corrections_until,
        agreed_at=last.agreed_at,
        demands=demands,
        adoption=roll_up(in_force),
    )


def _dispositions(case_id: int) -> dict[int, tuple[PublishedDisposition, ...]]:
    """Published dispositions by number of the demand, the newest first. One query."""
    rows = Disposition.objects.filter(demand__case=case_id, published_at__isnull=False)
    found: defaultdict[int, list[PublishedDisposition]] = defaultdict(list)
    for row in rows.select_related("demand", "agency").order_by("number"):
        before = found[row.demand.number]
        told = PublishedDisposition(
            number=row.number,
            agency={
                "code": row.agency.code,
                "zh": row.agency.name_zh,
                "en": row.agency.name_en,
            },
            adoption=Adoption(row.adoption),
            reason=row.reason,
            follow_up=row.follow_up,
            because=row.because,
            decided_at=row.decided_at,
            published_at=row.published_at or row.decided_at,
            changes=differences(before[0].reason, row.reason) if before else (),
        )
        before.insert(0, told)
    return {number: tuple(rows) for number, rows in found.items()}


def versions_of(case_id: int) -> Sequence[SplitVersion]:
    """All published splits with their corrections, the newest first. Two queries."""
    corrections = Prefetch("corrections", Correction.objects.select_related("demand"))
    rows = SplitVersion.objects.filter(case=case_id).order_by("-number")
    return list(rows.prefetch_related(corrections))
