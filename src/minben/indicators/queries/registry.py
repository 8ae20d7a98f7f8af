"""Sources, imports, indicators and units as pages show them (登錄查詢)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet, Sum

from minben.indicators.models import (
    Indicator,
    Intake,
    IntakeFile,
    Membership,
    Source,
    Unit,
    UnitAlias,
    UnitGroup,
)
from minben.indicators.rules import folded, looks_like_a_code
from minben.indicators.taking.bundles import uncompressed


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source, and what there is of it now.

    Args:
        indicators: how many are declared.
        intakes: imports that count.
        observations: of these imports, earlier vintages included.
        newest: when the last of them was.
    """

    source: Source
    indicators: int
    intakes: int
    observations: int
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of the provenance sheet of a source: a variable in a file of an import.

    Args:
        intake, file, format, sha256: where it came from.
        code: of the indicator.
        n, missing: values there, and values told to be missing.
        low, high: smallest and largest value; None without any.
        periods: first and last.
    """

    intake: int
    file: str
    format: str
    sha256: str
    code: str
    n: int
    missing: int
    low: float | None
    high: float | None
    periods: tuple[str, ...]


def sources(codes: Collection[str] | None = None) -> list[SourceLine]:
    """All sources, or some, by code; three statements."""
    rows = Source.objects.select_related("agency").order_by("code")
    if codes is not None:
        rows = rows.filter(code__in=list(codes))
    found = list(rows)
    ids = [one.pk for one in found]
    declared = dict(
        Indicator.objects.filter(source__in=ids)
        .order_by("source")
        .values_list("source")
        .annotate(n=Count("pk"))
    )
    standing = {
        pk: (n, observed, newest)
        for pk, n, observed, newest in Intake.objects.filter(source__in=ids, withdrawn_at=None)
        .order_by("source")
        .values_list("source")
        .annotate(n=Count("pk"), observed=Sum("observations"), newest=Max("at"))
    }
    return [
        SourceLine(one, declared.get(one.pk, 0), *standing.get(one.pk, (0, 0, None)))
        for one in found
    ]


def source(code: str) -> Source | None:
    """The source of that code, with its agency."""
    return (
        Source.objects.select_related("agency").filter(code=code).first()
        if looks_like_a_code(code)
        else None
    )


def indicators_of(source_id: int) -> Sequence[Indicator]:
    """What is declared of a source, with breaks; two statements."""
    rows = Indicator.objects.filter(source=source_id).prefetch_related("breaks")
    return list(rows.order_by("order", "code"))


def intakes_of(source_id: int) -> Sequence[Intake]:
    """All imports of a source, the newest first, withdrawn ones too."""
    return list(Intake.objects.filter(source=source_id).order_by("-number"))


def intake(source_id: int, number: int) -> Intake | None:
    """One import."""
    return Intake.objects.filter(source=source_id, number=number).first()


def files_of(intake_id: int) -> Sequence[IntakeFile]:
    """The files of an import without their contents."""
    return list(IntakeFile.objects.filter(intake=intake_id).defer("content").order_by("name"))


def file_content(intake_id: int, pk: int) -> tuple[str, bytes] | None:
    """Name and content of a file as it was brought."""
    found = IntakeFile.objects.filter(intake=intake_id, pk=pk).first()
    return (found.name, uncompressed(bytes(found.content))) if found else None


def provenance(source_id: int) -> list[SheetLine]:
    """The provenance sheet of a source: what counts, by import, file and variable; one statement."""
    rows = Intake.objects.filter(source=source_id, withdrawn_at=None).order_by("number")
    return [
        line
        for number, sheet in rows.values_list("number", "sheet")
        for file in sheet
        for line in _lines(number, file)
    ]


def _lines(number: int, file: dict[str, Any]) -> list[SheetLine]:  # Any: JSON values
    return [
        SheetLine(
            intake=number,
            file=file["file"],
            format=file["format"],
            sha256=file["sha256"],
            code=one["code"],
            n=one["n"],
            missing=one["missing"],
            low=one["min"],
            high=one["max"],
            periods=tuple(file["periods"]),
        )
        for one in file["indicators"]
    ]


def units(words: str = "", kind: str = "") -> QuerySet[Unit]:
    """Units whose code or one of whose names has these words in it."""
    rows = Unit.objects.annotate(names=Count("aliases", distinct=True)).order_by("kind", "code")
    if kind:
        rows = rows.filter(kind=kind)
    if words.strip():
        matching = (
            Q(code__icontains=words.strip())
            | Q(name_zh__icontains=words.strip())
            | Q(name_en__icontains=words.strip())
            | Q(aliases__folded__contains=folded(words))
        )
        rows = rows.filter(pk__in=Unit.objects.filter(matching).order_by().values("pk"))
    return rows


def unit(code: str) -> Unit | None:
    """One unit with its other names and its groups."""
    return (
        Unit.objects.select_related("agency")
        .filter(code=code)
        .prefetch_related(
            Prefetch("aliases", UnitAlias.objects.order_by("name")),
            Prefetch(
                "memberships",
                Membership.objects.select_related("group").order_by(
                    "group__family", "group__code", "valid_from"
                ),
            ),
        )
        .first()
    )


def groups() -> Sequence[UnitGroup]:
    """All groups, with how many units were ever in each as ``members``."""
    rows = UnitGroup.objects.annotate(members=Count("memberships__unit", distinct=True))
    return list(rows.order_by("family", "code"))
