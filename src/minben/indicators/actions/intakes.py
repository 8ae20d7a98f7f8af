"""Importing what was observed (匯入觀測值), and withdrawing an import with its reason (撤回)."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction

from minben.audit.actions import record
from minben.base.bulk import insert_rows
from minben.indicators import catalogue
from minben.indicators.actions.shared import held_source, label_of, one_by_one, require_whole
from minben.indicators.declared.drafts import Layout
from minben.indicators.models import Indicator, Intake, IntakeFile, Observation, Source, Unit
from minben.indicators.queries.planning import prospect
from minben.indicators.reading.folder import digest
from minben.indicators.rules import FILE_MAX, FILES_MAX, NAME_MAX, TEXT_MAX
from minben.indicators.taking.bundles import compressed
from minben.indicators.taking.planning import Plan, remark_as_json
from minben.indicators.taking.rows import Row
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal

AT_ONCE = 10_000
COLUMNS = (
    "intake",
    "indicator",
    "unit",
    "period",
    "value",
    "n",
    "se",
    "status",
    "file",
    "place",
)
Progress = Callable[[int], object]


@transaction.atomic
def take_in(
    *,
    source_code: str,
    files: Mapping[str, bytes],
    layout: Layout,
    confirmed: str,
    by: Actor,
    at: datetime,
    progress: Progress | None = None,
) -> Intake:
    """Import files of a source: all of what they hold, or nothing.

    The row of the source is held meanwhile, so that two imports never get one number, and the
    second of two sees what the first brought.

    Args:
        files: contents by name.
        confirmed: `Plan.seal` of the remarks that were seen; empty if there are none.
        progress: told how many observations more are written.

    Raises:
        Faulty: what is wrong with the files, all of it.
        Refusal: ``indicators_source_unknown``, ``indicators_not_yours``, ``indicators_no_files``,
            ``indicators_too_many_files``, ``indicators_file_too_large``,
            ``indicators_file_name``, ``indicators_nothing_new``, ``indicators_unconfirmed``.
    """
    source = held_source(source_code, by)
    require_files(files)
    found = prospect(source, files, layout)
    require_whole(list(found.plan.faults))
    newest = Intake.objects.filter(source=source).order_by("-number").first()
    if found.nothing_new and newest is not None:
        standing = Intake.objects.filter(source=source, withdrawn_at=None).order_by("-number")
        number = standing.values_list("number", flat=True).first()
        raise Refusal("indicators_nothing_new", field="uploads", number=number)
    if found.plan.seal != confirmed:
        raise Refusal("indicators_unconfirmed", field="confirmed")
    made = Intake.objects.create(
        source=source,
        number=newest.number + 1 if newest else 1,
        at=at,
        by=by.id,
        sha256=digest(files),
        observations=len(found.plan.rows),
        sheet=list(found.plan.sheet),
        remarks=[remark_as_json(one) for one in found.plan.remarks],
    )
    _write(made, files, found.plan, progress)
    data = {
        "source": source.code,
        "number": made.number,
        "sha256": made.sha256,
        "observations": made.observations,
        "remarks": len(made.remarks),
    }
    _tell("indicators.taken_in", made, data, by, at)
    return made


@transaction.atomic
def withdraw_intake(
    *, source_code: str, number: int, reason: str, by: Actor, at: datetime
) -> Intake:
    """Let an import count no more. It stays to be read, with the reason, which is public.

    Raises:
        Refusal: ``indicators_source_unknown``, ``indicators_not_yours``,
            ``indicators_intake_unknown``, ``indicators_withdrawn_already``, ``indicators_reason``.
    """
    source = held_source(source_code, by)
    held = Intake.objects.select_for_update().filter(source=source, number=number).first()
    if held is None:
        raise Refusal("indicators_intake_unknown")
    if held.withdrawn_at is not None:
        raise Refusal("indicators_withdrawn_already")
    why = reason.strip()
    if not why or len(why) > TEXT_MAX:
        raise Refusal("indicators_reason", field="reason")
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_why = at, by.id, why
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    data = {
        "source": source.code,
        "number": held.number,
        "sha256": held.sha256,
        "reason": why,
    }
    _tell("indicators.withdrawn", held, data, by, at)
    return held


def require_files(files: Mapping[str, bytes]) -> None:
    """Raises Refusal if there are no files, too many, or one that is not kept."""
    if not files:
        raise Refusal("indicators_no_files", field="uploads")
    if len(files) > FILES_MAX:
        raise Refusal("indicators_too_many_files", field="uploads", most=FILES_MAX)
    for name, content in files.items():
        if len(content) > FILE_MAX:
            most = FILE_MAX // 1_000_000
            raise Refusal("indicators_file_too_large", field="uploads", name=name, most=most)
        if not name.strip() or len(name) > NAME_MAX:
            raise Refusal("indicators_file_name", field="uploads", most=NAME_MAX)


def _write(
    intake: Intake, files: Mapping[str, bytes], plan: Plan, progress: Progress | None
) -> None:
    units = _units({row.unit for row in plan.rows})
    codes = {row.indicator for row in plan.rows}
    indicators = {one.code: one.pk for one in Indicator.objects.filter(code__in=codes)}
    kept = {name: _kept(intake, name, files[name]).pk for name in sorted(files)}
    for rows in _batches(plan.rows):
        # The place of a row is where it stands in its file.
        insert_rows(
            Observation, COLUMNS, (_values(intake, row, indicators, units, kept) for row in rows)
        )
        if progress:
            progress(len(rows))


def _batches(rows: Sequence[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        yield some


def _values(
    intake: Intake,
    row: Row,
    indicators: Mapping[str, int],
    units: Mapping[str, int],
    files: Mapping[str, int],
) -> tuple[Any, ...]:  # Any: values of columns
    return (
        intake.pk,
        indicators[row.indicator],
        units[row.unit],
        row.period,
        row.value,
        row.n,
        row.se,
        row.status,
        files[row.file],
        row.place,
    )


def _kept(intake: Intake, name: str, content: bytes) -> IntakeFile:
    return IntakeFile.objects.create(
        intake=intake,
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content=compressed(content),
    )


def _units(codes: Collection[str]) -> dict[str, int]:
    """Units by code; those of the catalogue enter the table when an import first names them."""
    there = {one.code: one.pk for one in Unit.objects.filter(code__in=codes)}
    if absent := set(codes) - there.keys():
        one_by_one("units")
        known = {one.code: one for one in catalogue.units() if one.code in absent}
        for code in sorted(absent):
            one = known[code]
            # Another import may have entered it just now.
            unit, _ = Unit.objects.get_or_create(
                code=code, defaults={"kind": one.kind, "name_zh": one.zh, "name_en": one.en}
            )
            there[code] = unit.pk
    return there


def _tell(kind: str, intake: Intake, data: dict[str, Any], by: Actor, at: datetime) -> None:
    source: Source = intake.source
    record(kind, by=by, at=at, subject=f"intake:{intake.pk}", label=label_of(source), data=data)
