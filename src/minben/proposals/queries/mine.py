"""What a person has on the platform (我的提議、我的附議), for their own page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator

from minben.kernel.actor import Actor
from minben.proposals.models import Endorsement, Proposal
from minben.proposals.queries.cards import Card, cards_of, with_cases
from minben.proposals.queries.facts import rows as rows_with_checks

PER_PAGE = 10
PROPOSALS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Endorsed:
    """A proposal somebody endorsed: which number they were, when, and since when it is off."""

    card: Card
    number: int | None
    at: datetime
    invalidated_at: datetime | None = None


def proposals_of(actor: Actor, at: datetime) -> list[Card]:
    """What somebody proposed, newest first, in every stage. One query."""
    rows = rows_with_checks().filter(proposer_id=actor.person_id or 0)
    newest = with_cases(rows, at).order_by("-filed_at", "-pk")[:PROPOSALS_SHOWN]
    return cards_of(newest, at, agencies=False)


def endorsed_by(
    actor: Actor, number: str | None, at: datetime
) -> "Page[Any]":  # Any: Endorsed; the stubs tie a page to its rows
    """What somebody endorsed, newest first, one page of it. Three queries."""
    mine = Endorsement.objects.filter(person_id=actor.person_id or 0).order_by("-at", "-pk")
    page: Page[Any] = Paginator(mine, PER_PAGE).get_page(number)
    own = list(page.object_list)
    rows = Proposal.objects.filter(pk__in=[row.proposal_id for row in own])
    cards = {card.pk: card for card in cards_of(with_cases(rows, at), at, agencies=False)}
    page.object_list = [
        Endorsed(cards[row.proposal_id], row.number, row.at, row.invalidated_at) for row in own
    ]
    return page
