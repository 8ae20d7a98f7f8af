"""Keeping files between the preview of an import and the import (暫存匯入檔案)."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from minben.indicators.actions.intakes import require_files, take_in
from minben.indicators.actions.shared import held_source
from minben.indicators.declared.drafts import Layout
from minben.indicators.models import Intake, Staged
from minben.indicators.queries.staged import layout_of
from minben.indicators.rules import STAGED_HOURS
from minben.indicators.taking.bundles import bundled, unbundled
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal

KEPT = timedelta(hours=STAGED_HOURS)


@transaction.atomic
def stage_files(
    *, source_code: str, files: Mapping[str, bytes], layout: Layout, by: Actor, at: datetime
) -> Staged:
    """Keep files until their import is confirmed, in place of those kept before.

    Raises:
        Refusal: ``indicators_source_unknown``, ``indicators_not_yours``, ``indicators_no_files``,
            ``indicators_too_many_files``, ``indicators_file_too_large``,
            ``indicators_file_name``.
    """
    source = held_source(source_code, by)
    require_files(files)
    Staged.objects.filter(source=source, by=by.id).delete()
    return Staged.objects.create(
        source=source, package=bundled(files), layout=_as_json(layout), at=at, by=by.id
    )


@transaction.atomic
def take_staged(
    *, source_code: str, staged_id: int, confirmed: str, by: Actor, at: datetime
) -> Intake:
    """Import what was kept; it is kept no longer then.

    Raises:
        Faulty: what is wrong with the files by now.
        Refusal: ``indicators_staged_gone``, and those of `take_in`.
    """
    source = held_source(source_code, by)
    held = (
        Staged.objects.select_for_update()
        .filter(pk=staged_id, source=source, by=by.id, at__gte=at - KEPT)
        .first()
    )
    if held is None:
        raise Refusal("indicators_staged_gone")
    files, layout = unbundled(bytes(held.package)), layout_of(held)
    held.delete()
    return take_in(
        source_code=source_code, files=files, layout=layout, confirmed=confirmed, by=by, at=at
    )


def drop_staged(*, by: Actor, at: datetime) -> int:
    """Delete what nobody confirmed within its day; how many uploads that were."""
    return Staged.objects.filter(at__lt=at - KEPT).delete()[0]


def _as_json(layout: Layout) -> dict[str, Any]:  # Any: JSON values
    return asdict(layout) | {"leave_out": sorted(layout.leave_out)}
