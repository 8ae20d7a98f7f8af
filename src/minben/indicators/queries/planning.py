"""What files would bring to a source (匯入預覽), beside what is observed now. Writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from minben.indicators.declared.drafts import BreakDraft, IndicatorDraft, Layout
from minben.indicators.models import Indicator, Source, Unit, UnitAlias
from minben.indicators.queries.current import observed
from minben.indicators.taking.naming import Known, Names
from minben.indicators.taking.planning import Plan, planned

PLAIN = (
    "code",
    "title_zh",
    "title_en",
    "scale",
    "definition_zh",
    "definition_en",
    "unit_zh",
    "unit_en",
    "direction",
    "domain",
    "dimension_zh",
    "dimension_en",
    "base_zh",
    "base_en",
    "decimals",
    "low",
    "high",
    "order",
)


@dataclass(frozen=True)
class Prospect:
    """What an import would bring, and what it would change.

    Args:
        new: observations of which there is none.
        changed: observations that count otherwise now.
        same: observations that count already as they are.
    """

    plan: Plan
    new: int = 0
    changed: int = 0
    same: int = 0

    @property
    def nothing_new(self) -> bool:
        """Whether every number of it counts already."""
        return not self.plan.faults and not self.new and not self.changed


def prospect(source: Source, files: Mapping[str, bytes], layout: Layout) -> Prospect:
    """What files would bring to a source; nothing is raised."""
    plan = planned(files, layout, Names(known_units()), drafts_of(source.pk))
    now = {
        (one.indicator, one.unit, one.period): (one.value, one.n, one.se, one.status)
        for one in observed(indicators={row.indicator for row in plan.rows})
    }
    new = changed = 0
    for row in plan.rows:
        there = now.get((row.indicator, row.unit, row.period))
        new += there is None
        changed += there is not None and there != (row.value, row.n, row.se, row.status)
    return Prospect(plan, new, changed, len(plan.rows) - new - changed)


def known_units() -> list[Known]:
    """Every registered unit with its names, in two statements."""
    aliases: dict[int, list[UnitAlias]] = {}
    for alias in UnitAlias.objects.order_by("pk"):
        aliases.setdefault(alias.unit_id, []).append(alias)
    return [
        Known(
            unit.code,
            (unit.name_zh, unit.name_en),
            tuple((one.name, one.valid_from, one.valid_until) for one in aliases.get(unit.pk, ())),
        )
        for unit in Unit.objects.order_by("code")
    ]


def drafts_of(source_id: int) -> dict[str, IndicatorDraft]:
    """What is declared of the indicators of a source, by code."""
    rows = Indicator.objects.filter(source=source_id).prefetch_related("breaks")
    return {row.code: draft_of(row) for row in rows.order_by("order", "code")}


def draft_of(row: Indicator) -> IndicatorDraft:
    """What is declared of an indicator, as it would be declared again."""
    breaks = tuple(BreakDraft(one.period, one.note_zh, one.note_en) for one in row.breaks.all())
    plain = {name: getattr(row, name) for name in PLAIN}
    return IndicatorDraft(**plain, relations=tuple(row.relations), breaks=breaks)
