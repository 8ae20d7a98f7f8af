"""Who may see a file that proposals and drafts name as evidence (佐證檔案之公開)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from minben.discussion.visibility import Sight
from minben.kernel.actor import Actor
from minben.proposals.models import Draft, Proposal
from minben.proposals.permissions import may_see
from minben.proposals.rules import State

if TYPE_CHECKING:
    from minben.discussion.models import StoredFile


def sight_of_evidence(files: Sequence[StoredFile], actor: Actor, at: datetime) -> Sight:
    """How far a file may be seen as somebody's evidence. One query, or two.

    Public with a public proposal, and with a hidden one whose content the register shows. With a
    draft, its author's own; with one open for co-drafting, everybody's, but no cache's, since it
    may not stay so.
    """
    wanted = {file.sha256 for file in files}
    owners = {file.owner_id for file in files}
    best = Sight.NONE
    rows = Proposal.objects.filter(proposer_id__in=owners).select_related("check_record")
    for proposal in rows:
        if _names(proposal.evidence, wanted):
            best = max(best, _with_proposal(proposal, actor))
    if best is Sight.NONE:
        for draft in Draft.objects.filter(author_id__in=owners):
            if _names(draft.evidence, wanted) and _with_draft(draft, actor):
                return Sight.PRIVATE
    return best


def _names(evidence: Mapping[str, Any], wanted: set[str]) -> bool:  # Any: JSON
    return any(one.get("sha256") in wanted for one in evidence.get("files", []))


def _with_proposal(proposal: Proposal, actor: Actor) -> Sight:
    if State(proposal.state) is State.HIDDEN and not proposal.check_record.withheld:
        return Sight.PUBLIC
    if proposal.opens_at is not None and State(proposal.state) is not State.HIDDEN:
        return Sight.PUBLIC
    return Sight.PRIVATE if may_see(actor, proposal) else Sight.NONE


def _with_draft(draft: Draft, actor: Actor) -> bool:
    if draft.author_id == actor.person_id:
        return True
    return draft.thread_id is not None and not Proposal.objects.filter(codrafting=draft).exists()
