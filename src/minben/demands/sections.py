"""The demands on the two pages of a case: what becomes of each, and for officers who works on it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from minben.base.sections import Reader, Section, Seen, register
from minben.demands.models import Demand, SplitVersion
from minben.demands.queries import published
from minben.demands.queries.desk import with_adoption
from minben.demands.queries.standing import items_of
from minben.demands.rules import SPLIT_BASIS, DemandState


def _staff(seen: Seen) -> Mapping[str, Any]:
    """The split with the steps of each demand, and what of it is public. One query."""
    newest = SplitVersion.objects.filter(case=OuterRef("case")).order_by("-number")
    rows: list[Any] = list(  # Any: demands with what is annotated
        with_adoption(Demand.objects.filter(case=seen.case_id)).annotate(
            published_items=Subquery(newest.values("items")[:1])
        )
    )
    items = rows[0].published_items if rows else None
    last = None if items is None else SplitVersion(items=items)
    return {
        "rows": rows,
        "last": last,
        "changed": bool(rows) and items_of(rows, last) != (last.items if last else None),
        "open": sum(row.state == DemandState.OPEN for row in rows),
        "rule": SPLIT_BASIS,
    }


def _public(seen: Seen) -> Mapping[str, Any] | None:
    """The published split; no section before there is one. Two queries."""
    told = published(seen.case_id)
    return {"told": told} if told else None


register(
    Section("demands", _("Demands"), 300, Reader.STAFF, "demands/sections/staff.html", _staff),
    Section(
        "demands",
        _("What is asked for, and what becomes of it"),
        300,
        Reader.PUBLIC,
        "demands/sections/public.html",
        _public,
    ),
)
