"""Demands as the officers work on them (訴求辦理)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from minben.demands.models import (
    ClearanceAct,
    Correction,
    Demand,
    Disposition,
    DraftText,
    SplitVersion,
)
from minben.demands.queries.standing import items_of, last_version
from minben.demands.rules import (
    Act,
    Change,
    DemandState,
    Outcome,
    Step,
    cleared_steps,
    differences,
    route_of,
)
from minben.people import queries as people


def with_adoption(rows: QuerySet[Demand]) -> QuerySet[Demand]:
    """Demands with agency and, as `adoption_now`, the adoption that was decided last."""
    last = Disposition.objects.filter(demand=OuterRef("pk")).order_by("-number")
    return rows.select_related("agency", "merged_into").annotate(
        adoption_now=Subquery(last.values("adoption")[:1])
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """The split of a case as officers see it.

    Args:
        changed: it differs from what is public.
        corrections: those nobody answered yet.
    """

    rows: Sequence[Demand]
    last: SplitVersion | None
    changed: bool
    corrections: Sequence[Correction]

    @property
    def open_rows(self) -> list[Demand]:
        """Those being worked on."""
        return [row for row in self.rows if row.state == DemandState.OPEN]

    @property
    def is_decided(self) -> bool:
        """Whether nothing is open and something waits to be published."""
        waits = any(row.state == DemandState.DISPOSED for row in self.rows)
        return waits and not self.open_rows


def desk_of(case_id: int) -> Desk:
    """The split of a case with what waits for an answer. Three queries."""
    rows = list(with_adoption(Demand.objects.filter(case=case_id)))
    last = last_version(case_id)
    now = items_of(rows, last)
    changed = bool(now) if last is None else now != last.items
    asked = Correction.objects.filter(version__case=case_id, answered_at=None)
    return Desk(rows, last, changed, list(asked.select_related("demand", "version")))


def demand(pk: int) -> Demand | None:
    """A demand with its case, its government and the agencies of both. One query."""
    rows = Demand.objects.select_related(
        "agency", "merged_into", "case__lead", "case__jurisdiction"
    )
    return rows.filter(pk=pk).first()


def correction(pk: int) -> Correction | None:
    """A correction with its case. One query."""
    rows = Correction.objects.select_related("version__case__lead", "demand")
    return rows.filter(pk=pk).first()


@dataclass(frozen=True, slots=True)
class Written:
    """A text of the draft that was saved; `changes` from the one before it."""

    revision: int
    aside: bool
    adoption: str
    reason: str
    follow_up: str
    at: datetime
    who: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Cleared:
    """An act of clearance."""

    step: Step
    outcome: Outcome
    revision: int
    note: str
    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the route: whether it holds, whether it is its turn."""

    step: Step
    done: bool
    turn: bool


@dataclass(frozen=True, slots=True)
class Work:
    """All that is known of the work on one demand.

    Args:
        draft: the text in force; None before the first.
        written: all texts, the newest first; `kept` of them are kept aside.
    """

    draft: DraftText | None
    written: tuple[Written, ...]
    acts: tuple[Cleared, ...]
    stages: tuple[Stage, ...]
    dispositions: Sequence[Disposition]

    @property
    def kept(self) -> tuple[Written, ...]:
        """Texts kept beside the revision that is still the draft's."""
        now = self.draft.revision if self.draft else 0
        return tuple(one for one in self.written if one.aside and one.revision == now)

    @property
    def cleared(self) -> bool:
        """Whether all steps hold."""
        return bool(self.stages) and all(stage.done for stage in self.stages)


def work_on(demand: Demand, at: datetime) -> Work:
    """The draft with its history, clearance and dispositions. Five queries at most."""
    texts = list(DraftText.objects.filter(demand=demand).order_by("pk"))
    acts = list(ClearanceAct.objects.filter(demand=demand).order_by("pk"))
    names = people.names_of({*(row.by for row in texts), *(row.by for row in acts)})
    draft = next((text for text in reversed(texts) if not text.aside), None)
    return Work(
        draft=draft,
        written=_written(texts, names),
        acts=tuple(
            Cleared(
                Step(row.step),
                Outcome(row.outcome),
                row.revision,
                row.note,
                row.at,
                names.get(row.by, ""),
            )
            for row in acts
        ),
        stages=_stages(demand, draft, acts, at),
        dispositions=list(
            Disposition.objects.filter(demand=demand).select_related("agency").order_by("-number")
        ),
    )


def _written(texts: Sequence[DraftText], names: dict[str, str]) -> tuple[Written, ...]:
    """The newest first, each compared with the revision it was written on."""
    reasons = {0: ""} | {text.revision: text.reason for text in texts if not text.aside}
    return tuple(
        Written(
            text.revision,
            text.aside,
            text.adoption,
            text.reason,
            text.follow_up,
            text.at,
            names.get(text.by, ""),
            differences(reasons.get(text.based_on, ""), text.reason),
        )
        for text in reversed(texts)
    )


def _stages(
    demand: Demand, draft: DraftText | None, acts: Sequence[ClearanceAct], at: datetime
) -> tuple[Stage, ...]:
    """The route chosen with the last hand-in; before one, that without legal staff."""
    route = [Step(name) for name in demand.route]
    if not route:
        named = people.has_participation_officer(demand.agency_id or 0, at)
        route = list(route_of(legal=False, participation=named))
    revision = draft.revision if draft else 0
    done = cleared_steps(
        route, [Act(Step(row.step), Outcome(row.outcome), row.revision) for row in acts], revision
    )
    if not demand.route:
        done = ()
    return tuple(
        Stage(step, step in done, demand.state == DemandState.OPEN and demand.waits_for == step)
        for step in route
    )
