"""Files that wait for their import (暫存匯入檔案)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from minben.indicators.declared.drafts import Layout
from minben.indicators.models import Staged
from minben.indicators.rules import STAGED_HOURS
from minben.indicators.taking.bundles import unbundled
from minben.kernel.actor import Actor


def staged(source_id: int, pk: int, by: Actor, at: datetime) -> Staged | None:
    """What somebody uploaded for a source, if it is still kept at `at`."""
    since = at - timedelta(hours=STAGED_HOURS)
    return Staged.objects.filter(pk=pk, source=source_id, by=by.id, at__gte=since).first()


def files_of(held: Staged) -> Mapping[str, bytes]:
    """The files by name."""
    return unbundled(bytes(held.package))


def layout_of(held: Staged) -> Layout:
    """How they are read."""
    told = dict(held.layout)
    return Layout(**told | {"leave_out": frozenset(told["leave_out"])})
