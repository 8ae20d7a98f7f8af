"""The internal draft of a disposition (擬稿、核稿): no text is lost, no step is skipped."""

from datetime import datetime

from django.db import transaction

from minben.demands.actions.disposing import acts_of, refusal_of, words_of
from minben.demands.actions.holding import (
    held_demand,
    held_for_drafting,
    refuse_answered,
    refuse_why,
    tell_draft,
)
from minben.demands.models import ClearanceAct, Demand, DraftText
from minben.demands.permissions import is_own_draft, may_clear
from minben.demands.queries.drafts import latest_text
from minben.demands.rules import (
    CLEARANCE_BASIS,
    KEEPING_BASIS,
    WHY_MAX,
    DemandState,
    Outcome,
    Step,
    draft_faults,
    next_step,
    route_of,
)
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.people import queries as people


def save_draft(
    *,
    demand_id: int,
    adoption: str,
    reason: str,
    follow_up: str,
    revision: int,
    by: Actor,
    at: datetime,
) -> DraftText:
    """Save the draft. `revision` is the one the writer opened (0: none yet).

    A text written on an older revision is kept aside, and that is said by a refusal *after* it is
    kept: so this act is no transaction itself, and must not be called inside of one that would
    undo it.

    Raises:
        Refusal: ``demand_draft_kept`` with `kept`, the kept text's id; ``demand_without_agency``,
            ``demand_not_your_agency``, ``demand_not_open``, or what is too long.
    """
    words = {"adoption": adoption, "reason": reason.strip(), "follow_up": follow_up.strip()}
    saved = _save(demand_id, words, revision, by, at)
    if saved.aside:
        raise Refusal("demand_draft_kept", basis=KEEPING_BASIS, rule=KEEPING_BASIS, kept=saved.pk)
    return saved


@transaction.atomic
def _save(
    demand_id: int, words: dict[str, str], revision: int, by: Actor, at: datetime
) -> DraftText:
    demand = held_for_drafting(demand_id, by)
    for field, code in draft_faults(**words, whole=False).items():
        raise refusal_of(code, field)
    last = latest_text(demand.pk)
    now = last.revision if last else 0
    if last and words_of(last) == words:
        return last  # nothing to save, whatever was opened
    aside = now > 0 and revision != now
    saved = DraftText.objects.create(
        demand=demand,
        revision=now if aside else now + 1,
        based_on=min(revision, now - 1) if aside else now,
        aside=aside,
        **words,
        at=at,
        by=by.id,
    )
    if not aside:
        # What was cleared was another text.
        demand.waits_for = Step.DRAFTER
        demand.save(update_fields=["waits_for"])
    tell_draft("kept_aside" if aside else "saved", demand, saved.revision, by, at)
    return saved


@transaction.atomic
def hand_in(*, demand_id: int, revision: int, legal: bool, by: Actor, at: datetime) -> ClearanceAct:
    """Hand the draft of `revision` in for clearance, with or without the agency's lawyers.

    Raises:
        Refusal: ``demand_draft_changed``, ``clearance_order`` if it was handed in already, or
            what the draft lacks.
    """
    demand = held_for_drafting(demand_id, by)
    draft = latest_text(demand.pk)
    if revision != (draft.revision if draft else 0):
        raise Refusal("demand_draft_changed", basis=CLEARANCE_BASIS, rule=CLEARANCE_BASIS)
    words = {"adoption": "", "reason": "", "follow_up": ""} | words_of(draft)
    for field, code in draft_faults(**words, whole=True).items():
        raise refusal_of(code, field)
    if demand.waits_for != Step.DRAFTER:
        raise Refusal("clearance_order", basis=CLEARANCE_BASIS, rule=CLEARANCE_BASIS)
    named = people.has_participation_officer(demand.agency_id or 0, at)
    demand.route = list(route_of(legal=legal, participation=named))
    return _act(demand, Step.DRAFTER, Outcome.APPROVED, revision, "", by, at)


@transaction.atomic
def clear_draft(
    *,
    demand_id: int,
    step: Step,
    outcome: Outcome,
    revision: int,
    note: str = "",
    by: Actor,
    at: datetime,
) -> ClearanceAct:
    """Approve a step of the clearance, or return the draft with a note to whoever writes it.

    Raises:
        Refusal: ``demand_not_open``, ``clearance_order``, ``clearance_not_yours``,
            ``clearance_own_draft``, ``demand_draft_changed``, ``demand_why``.
    """
    demand = held_demand(demand_id)
    refuse_answered(demand.case)
    if demand.state != DemandState.OPEN:
        raise Refusal("demand_not_open", basis=CLEARANCE_BASIS, rule=CLEARANCE_BASIS)
    if step is Step.DRAFTER or demand.waits_for != step:
        raise Refusal("clearance_order", basis=CLEARANCE_BASIS, rule=CLEARANCE_BASIS)
    if not may_clear(by, demand, step):
        raise Refusal("clearance_not_yours", basis=CLEARANCE_BASIS, rule=CLEARANCE_BASIS)
    draft = latest_text(demand.pk)
    if draft is None or draft.revision != revision:
        raise Refusal("demand_draft_changed", basis=CLEARANCE_BASIS, rule=CLEARANCE_BASIS)
    if is_own_draft(by, step, frozenset({draft.by})):
        raise Refusal("clearance_own_draft", basis=CLEARANCE_BASIS, rule=CLEARANCE_BASIS)
    if outcome is Outcome.RETURNED or len(note.strip()) > WHY_MAX:
        refuse_why(note, CLEARANCE_BASIS, field="note")
    return _act(demand, step, outcome, revision, note, by, at)


def _act(
    demand: Demand,
    step: Step,
    outcome: Outcome,
    revision: int,
    note: str,
    by: Actor,
    at: datetime,
) -> ClearanceAct:
    done = ClearanceAct.objects.create(
        demand=demand,
        step=step,
        outcome=outcome,
        revision=revision,
        note=note.strip(),
        at=at,
        by=by.id,
    )
    route = [Step(name) for name in demand.route]
    demand.waits_for = next_step(route, acts_of(demand), revision) or ""
    demand.save(update_fields=["route", "waits_for"])
    tell_draft(f"{step}:{outcome}", demand, revision, by, at)
    return done
