"""Past proposals as precedents (前案), and what they suggest to whoever names agencies (分辦建議)."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from minben.assigning import actions as assigning_actions
from minben.assigning import queries as assigning
from minben.assigning.actions import PastCase
from minben.audit import queries as audit
from minben.casework import queries as casework
from minben.casework.permissions import require
from minben.kernel.actor import SYSTEM, Actor, Role
from minben.kernel.periods import local_day
from minben.operations import switches
from minben.operations.rules import Service
from minben.people import queries as people
from minben.proposals.models import Proposal
from minben.proposals.queries.precedents import ShownSuggestion, shown
from minben.proposals.rules import PUBLIC_STATES, State

if TYPE_CHECKING:
    from minben.casework.queries import AgencyPart

AT_ONCE: Final = 200


def index_precedents(*, by: Actor, at: datetime) -> int:
    """Keep some cases that are not kept yet: archived ones, and those answered here. Few queries.

    Who leads an archived case is history; here it is settled once the lead has answered.
    """
    settled = Q(archive_id__isnull=False, state__in=list(PUBLIC_STATES)) | Q(state=State.ANSWERED)
    rows = (
        Proposal.objects.filter(settled, case__lead__isnull=False)
        .exclude(case__in=assigning.kept_cases())
        .select_related("case__jurisdiction")
        .order_by("pk")[:AT_ONCE]
    )
    proposals = list(rows)
    if not proposals:
        return 0
    parts = casework.agencies_of_cases([row.case_id for row in proposals])
    governments = {row.case.jurisdiction.code for row in proposals}
    ids = {agency.code: agency.pk for code in governments for agency in people.agencies_ever(code)}
    cases = [_past(row, parts.get(row.case_id, ()), ids) for row in proposals]
    return assigning_actions.keep_precedents(cases=cases, by=by, at=at)


def _past(proposal: Proposal, parts: "Sequence[AgencyPart]", ids: dict[str, int]) -> PastCase:
    leads = [ids[part.code] for part in parts if part.leads]
    return PastCase(
        case_id=proposal.case_id,
        jurisdiction_id=proposal.case.jurisdiction_id,
        subject=proposal.subject,
        content=proposal.content,
        leads=tuple(leads),
        assists=tuple(ids[part.code] for part in parts if not part.leads),
        ticked=None if proposal.archive_id else _ticked(proposal, ids),
        since=local_day(proposal.filed_at),
        archived=proposal.archive_id is not None,
    )


def _ticked(proposal: Proposal, ids: dict[str, int]) -> tuple[int, ...] | None:
    """What the proposer named when filing, which is recorded at that very instant; None if nothing."""
    for event in audit.of_case(proposal.case_id):
        named_at_filing = event.at == proposal.filed_at and event.actor == SYSTEM.id
        if named_at_filing and event.kind == "casework.agencies_assigned":
            named = [ids.get(part["code"]) for part in event.data["agencies"]]
            return tuple(pk for pk in named if pk) or None
    return None


def suggest_agencies(*, proposal: Proposal, by: Actor, at: datetime) -> ShownSuggestion:
    """What past cases suggest for a proposal, recorded as shown to whoever names agencies.

    Nothing is recorded while the platform can only be read: then nobody can decide either.
    """
    require(by, Role.CHECKER, Role.ADMINISTRATOR)
    suggestion = assigning.suggested(
        subject=proposal.subject,
        content=proposal.content,
        case_id=proposal.case_id,
        jurisdiction=(proposal.case.jurisdiction_id, proposal.case.jurisdiction.code),
        at=at,
    )
    if suggestion.is_enough and Service.EVERYTHING not in switches.stops():
        assigning_actions.tell_suggestion(
            case_id=proposal.case_id, suggestion=suggestion, by=by, at=at
        )
    return shown(suggestion)
