"""Reads of studies, their findings, and who may see a screenshot."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from minben.casework import queries as casework
from minben.casework.about import about_one
from minben.discussion.visibility import Sight
from minben.findings.models import Finding, Fix, Group, Retest, Study
from minben.findings.permissions import may_keep
from minben.findings.rules import Row, Severity, Standing, standing_of, strip_of
from minben.kernel.actor import Actor

if TYPE_CHECKING:
    from minben.discussion.models import StoredFile


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as it stands now, with what was told of it and what it read before.

    Args:
        before: the older wordings, newest first.
    """

    row: Finding
    standing: Standing
    fixes: tuple[Fix, ...]
    retests: tuple[Retest, ...]
    before: tuple[Finding, ...]

    @property
    def picture(self) -> Mapping[str, Any]:  # Any: JSON
        """The screenshot: ``sha256``, ``name``; empty without one."""
        found: Mapping[str, Any] = self.row.picture
        return found


@dataclass(frozen=True, slots=True)
class Whole:
    """A study with everything of it. `steps` holds each step's name and its findings, in order."""

    study: Study
    groups: tuple[Group, ...]
    people: int
    steps: tuple[tuple[str, tuple[Told, ...]], ...]
    strip: tuple[Row, ...]

    @property
    def findings(self) -> tuple[Told, ...]:
        """All findings, step by step."""
        return tuple(told for _, found in self.steps for told in found)

    @property
    def retests(self) -> tuple[tuple[date, int], ...]:
        """When it was re-tested, and with how many people."""
        return tuple(
            sorted({(one.tested_on, one.n) for told in self.findings for one in told.retests})
        )

    @property
    def moved(self) -> bool:
        """Whether anything was told of a finding since it was published."""
        return any(told.standing is not Standing.OPEN for told in self.findings)

    def total(self, severity: str, *, after: bool = False) -> int:
        """How many findings of that severity, or how many of them are not shown to be gone."""
        kind = Severity(severity)
        return sum(row.after(kind) if after else row.before(kind) for row in self.strip)


def whole_studies(case_id: int, *, drafts: bool = False) -> tuple[Whole, ...]:
    """The published studies of a case, oldest first; with `drafts` the others as well. 6 queries."""
    rows = Study.objects.filter(case_id=case_id)
    return _whole(rows if drafts else rows.filter(published_at__isnull=False))


def whole_study(pk: int) -> Whole | None:
    """One study, drafts too, if it exists. Six queries."""
    found = _whole(Study.objects.filter(pk=pk))
    return found[0] if found else None


def _whole(rows: QuerySet[Study]) -> tuple[Whole, ...]:
    studies = rows.select_related("agency", "case").prefetch_related(
        "groups", "steps", "findings__fixes", "findings__retests"
    )
    return tuple(_told(study) for study in studies)


def _told(study: Study) -> Whole:
    rows: list[Finding] = list(study.findings.all())
    follows = {row.corrects_id: row for row in rows if row.corrects_id is not None}
    names = {step.pk: step.name for step in study.steps.all()}
    held: dict[str, list[Told]] = {name: [] for name in names.values()}
    for row in rows:
        if row.corrects_id is None:
            told = _chain(row, follows)
            held[names[told.row.step_id]].append(told)
    order = {Severity.BLOCKS.value: 0, Severity.HESITATES.value: 1}
    steps = tuple(
        (name, tuple(sorted(found, key=lambda one: order[one.row.severity])))
        for name, found in held.items()
    )
    groups = tuple(study.groups.all())
    return Whole(
        study=study,
        groups=groups,
        people=sum(group.n for group in groups),
        steps=steps,
        strip=strip_of(
            tuple(names.values()),
            (
                (name, Severity(told.row.severity), told.standing)
                for name, found in steps
                for told in found
            ),
        ),
    )


def _chain(first: Finding, follows: Mapping[int, Finding]) -> Told:
    """A finding as it reads now; what was told of it hangs on its first wording."""
    line = [first]
    while line[-1].pk in follows:
        line.append(follows[line[-1].pk])
    fixes, retests = tuple(first.fixes.all()), tuple(first.retests.all())
    still = retests[-1].still if retests else None
    return Told(
        row=line[-1],
        standing=standing_of(bool(fixes), still),
        fixes=fixes,
        retests=retests,
        before=tuple(reversed(line[:-1])),
    )


def finding(pk: int) -> Finding | None:
    """One finding with its study and step, if it exists. One query."""
    return Finding.objects.select_related("study__case", "step").filter(pk=pk).first()


@dataclass(frozen=True, slots=True)
class Line:
    """A study in a line. `blocking` is how many findings that block nobody told a change of."""

    pk: int
    case_id: int
    service: str
    tested_on: date
    published: bool
    findings: int
    blocking: int


def lines_of(case_id: int) -> Sequence[Line]:
    """The studies of a case, drafts too, oldest first. One query."""
    return _lines(Study.objects.filter(case_id=case_id))


def lines_for(agency_ids: Collection[int]) -> Sequence[Line]:
    """Studies in which these agencies still have to do something. One query."""
    rows = Study.objects.filter(case__agencies__agency__in=agency_ids).distinct()
    return _lines(rows, Q(published_at=None) | Q(open__gt=0))


def _lines(rows: QuerySet[Study], wanted: Q | None = None) -> Sequence[Line]:
    current = Finding.objects.filter(study=OuterRef("pk"), correction=None)
    mended = Fix.objects.filter(finding=Coalesce(OuterRef("first"), OuterRef("pk")))
    open_ones = current.filter(~Exists(mended), severity=Severity.BLOCKS)
    told = rows.annotate(told=_number_of(current), open=_number_of(open_ones))
    return [
        Line(
            pk=row.pk,
            case_id=row.case_id,
            service=row.service,
            tested_on=row.tested_on,
            published=row.published_at is not None,
            findings=row.told,
            blocking=row.open,
        )
        for row in (told if wanted is None else told.filter(wanted))
    ]


def _number_of(rows: QuerySet[Finding]) -> Coalesce:
    """How many, as a value of the row around it."""
    counted = rows.order_by().values("study").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def sight_of_screenshots(files: Sequence["StoredFile"], actor: Actor, at: datetime) -> Sight:
    """How far a file may be seen as a screenshot of a finding.

    Public with a published study of a public case; before that, staff of the case's agencies see it.
    """
    best = Sight.NONE
    wanted = {file.sha256 for file in files}
    rows = Finding.objects.filter(picture__sha256__in=wanted).select_related("study")
    for row in rows:
        if row.study.published_at is not None and about_one(row.study.case_id).public:
            return Sight.PUBLIC
        if actor.agency_ids or actor.participates_for:
            parts = casework.agencies_of_case(row.study.case_id)
            if may_keep(actor, [part.agency_id for part in parts]):
                best = Sight.PRIVATE
    return best
