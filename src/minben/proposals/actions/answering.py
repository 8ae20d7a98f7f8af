"""Answering (正式回應): the publish act of the lead agency, and what follows from it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from minben.answering import actions as answering_actions
from minben.answering.rules import ADOPTION_BASIS, REOPENING
from minben.audit.actions import record
from minben.casework import actions as casework_actions
from minben.casework import queries as casework
from minben.casework.rules import Adoption, DeadlineKind, Outcome
from minben.demands import actions as demands_actions
from minben.demands import queries as demands
from minben.discussion import actions as discussion_actions
from minben.kernel.actor import Actor
from minben.kernel.periods import last_day
from minben.kernel.refusal import Refusal
from minben.proposals.models import Proposal
from minben.proposals.notify_people import tell_answer_readers, tell_proposer
from minben.proposals.rules import LIFE, Act, State

if TYPE_CHECKING:
    from minben.casework.models import Response


@transaction.atomic
def publish_answer(*, proposal_id: int, revision: int, by: Actor, at: datetime) -> "Response":
    """Publish the drafted response that the confirmation page showed, once and for good.

    The one act that does all of it: the case is closed, what is under study gets its clock, the
    discussion is open for three more days, the survey opens, and proposer, endorsers and
    commenters are told, each in one letter.

    Raises:
        Refusal: ``not_answerable``, what `publish_response` says; ``demands_open`` and what else
            `publish_dispositions` says; ``adoption_differs`` from what the demands make of it.
    """
    proposal = (
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case__rule_set")
        .get(pk=proposal_id)
    )
    if proposal.state != State.REACHED:
        raise Refusal("not_answerable")
    response = casework_actions.publish_response(
        case_id=proposal.case_id, revision=revision, by=by, at=at
    )
    demands_actions.publish_dispositions(case_id=proposal.case_id, by=by, at=at)
    rolled = demands.rolled_up(proposal.case_id)
    if rolled is not None and response.adoption != rolled:
        raise Refusal("adoption_differs", basis=ADOPTION_BASIS, field="adoption")
    proposal.state = LIFE.next(State(proposal.state), Act.ANSWER)
    proposal.answered_at, proposal.adoption = at, response.adoption
    proposal.save(update_fields=["state", "answered_at", "adoption"])
    casework_actions.close_case(case=proposal.case, by=by, at=at)
    record(
        "proposals.answered",
        by=by,
        at=at,
        subject=f"proposal:{proposal.pk}",
        case_id=proposal.case_id,
        data={"adoption": response.adoption},
    )
    _clocks(proposal, response.adoption, by, at)
    _tell(proposal, response, by, at)
    return response


def _clocks(proposal: Proposal, adoption: str, by: Actor, at: datetime) -> None:
    """What led to an answer is owed no more; what is under study is reported on from now."""
    for kind in (DeadlineKind.HANDLING_PLAN, DeadlineKind.CONTACT):
        casework_actions.end_deadline(
            case_id=proposal.case_id, kind=kind, outcome=Outcome.CANCELLED, by=by, at=at
        )
    if adoption == Adoption.UNDER_STUDY:
        casework_actions.start_deadline(
            case=proposal.case, kind=DeadlineKind.STUDY_RETURN, starts_at=at, by=by, at=at
        )


def _tell(proposal: Proposal, response: "Response", by: Actor, at: datetime) -> None:
    until = casework.due_of(REOPENING, at)
    discussion_actions.reopen_thread(
        thread_id=proposal.thread_id, until=until, by=by, at=at, case_id=proposal.case_id
    )
    survey = answering_actions.open_survey(
        case_id=proposal.case_id, response_id=response.pk, by=by, at=at
    )
    said = {
        "adoption": response.adoption,
        "talk_until": last_day(until).isoformat(),
        "survey_until": last_day(survey.closes_at).isoformat() if survey else "",
    }
    tell_proposer("answered", proposal, by=by, at=at, **said)
    tell_answer_readers("answered", proposal, by=by, at=at, **said)


@transaction.atomic
def follow_adoption(*, case_id: int, adoption: str, by: Actor, at: datetime) -> None:
    """Let lists and cards show what a study or a correction made of the disposition.

    The act that changed it is in the record; this writes no other.
    """
    Proposal.objects.filter(case=case_id, state=State.ANSWERED).update(adoption=adoption)
