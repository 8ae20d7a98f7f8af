"""Reports beside the formal response (期中回報、納入研議回報): appended, with their clock."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from minben.answering.actions.holding import held_case, signed
from minben.answering.models import Post
from minben.answering.readers import readers_of
from minben.answering.rules import (
    ADOPTION_BASIS,
    POST_MAX,
    POST_MIN,
    STUDY_BASIS,
    PostKind,
    post_faults,
)
from minben.answering.telling import tell_readers
from minben.audit.actions import record
from minben.casework import actions as casework
from minben.casework import queries
from minben.casework.about import about_one
from minben.casework.rules import Adoption, DeadlineKind, Outcome
from minben.demands import queries as demands
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal

if TYPE_CHECKING:
    from minben.casework.models import Case

ENDS_WITH = frozenset(Adoption) - {Adoption.UNDER_STUDY}


@transaction.atomic
def publish_post(
    *,
    case_id: int,
    kind: PostKind,
    done: str,
    ahead: str,
    adoption: str = "",
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Post:
    """Publish a report; all who are told of the answer are told of it.

    A return on a study ends its clock and starts the next one, until one of them carries an
    `adoption` with its `reason`: that ends the study. The formal response stays what it is.

    Raises:
        Refusal: ``not_lead_agency``, ``case_not_reached``, ``study_not_running``,
            ``adoption_differs`` from what the demands add up to, or what `post_faults` says.
    """
    case = held_case(case_id, by, at)
    returns = kind is PostKind.STUDY_RETURN
    ends = returns and bool(adoption)
    if returns and queries.open_deadline(case_id, DeadlineKind.STUDY_RETURN) is None:
        raise Refusal("study_not_running", basis=STUDY_BASIS)
    faults = post_faults(
        done=done, ahead=ahead, adoption=adoption, reason=reason, ends=ends, allowed=ENDS_WITH
    )
    for field, code in faults.items():
        raise Refusal(code, basis=STUDY_BASIS, field=field, least=POST_MIN, most=POST_MAX)
    if ends and demands.rolled_up(case_id) not in (None, adoption):
        raise Refusal("adoption_differs", basis=ADOPTION_BASIS, field="adoption")
    response = casework.report_on_case(
        case_id=case_id,
        blocks={
            "deliberation": done,
            "follow_up": ahead,
            "adoption_reason": reason if ends else "",
        },
        adoption=adoption if ends else "",
        by=by,
        at=at,
    )
    post = Post.objects.create(response=response, case=case, kind=kind, ends_study=ends, at=at)
    if returns:
        _return(case, post, adoption, by, at)
    tell_readers(
        "posted",
        case,
        about_one(case_id),
        fact=f"post:{post.pk}",
        by=by,
        at=at,
        returns=returns,
        adoption=adoption if ends else "",
        done=done.strip()[:600],
    )
    return post


def _return(case: "Case", post: Post, adoption: str, by: Actor, at: datetime) -> None:
    """The clock of this return ends; the next one starts, unless the study ends with it."""
    casework.end_deadline(
        case_id=case.pk, kind=DeadlineKind.STUDY_RETURN, outcome=Outcome.MET, by=by, at=at
    )
    if post.ends_study:
        _end_study(post, adoption, by, at)
    else:
        casework.start_deadline(
            case=case, kind=DeadlineKind.STUDY_RETURN, starts_at=at, by=by, at=at
        )


def _end_study(post: Post, adoption: str, by: Actor, at: datetime) -> None:
    record(
        "answering.study_ended",
        by=by,
        at=at,
        subject=f"response:{post.response_id}",
        case_id=post.case_id,
        label=post.case.lead.name_zh if post.case.lead else "",
        data={"response": post.response_id, "adoption": adoption} | signed(post.case),
    )
    if readers := readers_of(post.case.origin):
        readers.follow(post.case_id, adoption, by, at)
