"""Acts on the demands of a case: the split, drafts and their clearance, what becomes of each."""

from __future__ import annotations

from datetime import datetime

from minben.demands import actions as demands
from minben.demands.rules import Outcome, Step
from minben.kernel.actor import Actor
from minben.simulation.demo.scenes.stage import Document, Stage, act

FIRST = 1  # every draft of the demo is written once


@act("split")
def split(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Split into demands, each with its agency, and publish the split."""
    for one in told["demands"]:
        made = demands.add_demand(case_id=stage.case.pk, text=one["text"], by=by, at=at)
        demands.assign_demand(
            demand_id=made.pk, agency_id=stage.agency(one["agency"]), by=by, at=at
        )
        if name := one.get("as"):
            stage.kept[name] = made
    demands.publish_split(case_id=stage.case.pk, note=told.get("note", ""), by=by, at=at)


@act("agree_split")
def agree_split(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """The proposer agrees with the split."""
    demands.agree_to_split(case_id=stage.case.pk, version=told["version"], by=by, at=at)


@act("draft")
def draft(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Write what becomes of a demand, and hand it in for clearance."""
    demand_id = stage.kept[told["demand"]].pk
    demands.save_draft(
        demand_id=demand_id,
        adoption=told["adoption"],
        reason=told["reason"],
        follow_up=told["follow_up"],
        revision=0,
        by=by,
        at=at,
    )
    demands.hand_in(demand_id=demand_id, revision=FIRST, legal=False, by=by, at=at)


@act("clear")
def clear(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Approve one step of the clearance, draft by draft."""
    for name in told["demands"]:
        demands.clear_draft(
            demand_id=stage.kept[name].pk,
            step=Step(told["step"]),
            outcome=Outcome.APPROVED,
            revision=FIRST,
            by=by,
            at=at,
        )


@act("dispose")
def dispose(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Decide on demands by their cleared drafts."""
    for name in told["demands"]:
        demands.dispose(demand_id=stage.kept[name].pk, revision=FIRST, by=by, at=at)


@act("publish_dispositions")
def publish_dispositions(stage: Stage, told: Document, by: Actor, at: datetime) -> None:
    """Publish what was decided of a case an agency brought; a proposal's comes with the answer."""
    demands.publish_dispositions(case_id=stage.case.pk, by=by, at=at)
