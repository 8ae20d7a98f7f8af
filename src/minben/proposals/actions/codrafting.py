"""Helping with the wording of an open draft (協作討論之建議)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from minben.discussion import actions as discussion
from minben.discussion.rules import Side
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal
from minben.operations.rules import Service
from minben.operations.switches import refuse_if_stopped
from minben.proposals.models import Draft


@transaction.atomic
def suggest(*, draft_id: UUID, body: str, by: Actor, at: datetime) -> None:
    """Write a suggestion to a draft that is open for co-drafting.

    Raises:
        Refusal: ``codrafting_closed``, and those of a comment.
    """
    refuse_if_stopped(Service.CREATING)
    draft = Draft.objects.select_for_update(of=("self",), no_key=True).filter(pk=draft_id).first()
    if (
        draft is None
        or draft.thread_id is None
        or draft.codraft_until is None
        or draft.codraft_until <= at
    ):
        raise Refusal("codrafting_closed")
    discussion.comment(thread_id=draft.thread_id, side=Side.SUGGESTION, body=body, by=by, at=at)
