"""Feeds of proposals (訂閱): new ones, those that reached, those answered; of all or of any list."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.base.presentation import adoption, last_day
from minben.kernel.text import xml_safe
from minben.proposals.forms.listing import query_of, read_filters
from minben.proposals.queries.cards import Card
from minben.proposals.queries.listing import Filters, Sort, newest
from minben.proposals.rules import Stage

SHOWN = 50
HALF_AN_HOUR = 1800


@dataclass(frozen=True, slots=True)
class FeedKind:
    """One kind of feed.

    Args:
        stages: what it is narrowed to; none for all.
        happened: the instant of a card that puts it into this feed.
    """

    code: str
    title: str | Promise
    text: str | Promise
    sort: Sort
    stages: tuple[Stage, ...]
    happened: Callable[[Card], datetime | None]


FEEDS = {
    kind.code: kind
    for kind in (
        FeedKind(
            "new",
            _("New proposals"),
            _("Proposals that passed the check, newest first."),
            Sort.NEWEST,
            (),
            lambda card: card.filed_at,
        ),
        FeedKind(
            "reached",
            _("Proposals that reached the threshold"),
            _("They await the formal response of an agency, or have it."),
            Sort.REACHED,
            (Stage.REACHED, Stage.OVERDUE, Stage.ANSWERED),
            lambda card: card.reached_at,
        ),
        FeedKind(
            "answered",
            _("Formal responses"),
            _("What the government answered, newest first."),
            Sort.RECENT,
            (Stage.ANSWERED,),
            lambda card: card.answered_at,
        ),
    )
}


@public
@require_safe
def feed(request: Request, kind: str) -> HttpResponse:
    """A feed, narrowed like the list by whatever the address says."""
    if kind not in FEEDS:
        raise Http404
    chosen = FEEDS[kind]
    asked = read_filters(request.GET).filters
    stages = tuple(stage.value for stage in chosen.stages) or asked.stage
    filters = replace(asked, sort=chosen.sort, stage=stages)
    cards = newest(filters, request.at, SHOWN)
    response = HttpResponse(
        _written(chosen, cards, asked, request), content_type="application/atom+xml; charset=utf-8"
    )
    response["Cache-Control"] = f"public, max-age={HALF_AN_HOUR}"
    return response


def _written(kind: FeedKind, cards: list[Card], asked: Filters, request: Request) -> str:
    query = query_of(asked)
    page = f"{reverse('proposals:list')}{'?' if query else ''}{query}"
    written = Atom1Feed(
        title=str(kind.title),
        subtitle=str(kind.text),
        description=str(kind.text),
        link=request.build_absolute_uri(page),
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    for card in cards:
        happened = kind.happened(card) or card.filed_at
        url = request.build_absolute_uri(reverse("proposals:page", args=[card.number]))
        written.add_item(
            title=xml_safe(card.subject),
            link=url,
            description=xml_safe(_summary(card)),
            unique_id=f"{url}#{kind.code}",
            author_name=xml_safe(card.proposer) or None,
            pubdate=happened,
            updateddate=happened,
            categories=[card.topic],
        )
    return str(written.writeString("utf-8"))


def _summary(card: Card) -> str:
    """Where it stands in one line, then what it asks for."""
    agencies = "、".join(map(str, card.agencies))
    facts = [f"{card.endorsed:,} / {card.threshold:,}", agencies]
    if card.adoption:
        facts.append(str(adoption(card.adoption).word))
    elif card.next is not None:
        facts.append(f"{card.next_what} {last_day(card.next.due).isoformat()}")
    return f"{' · '.join(fact for fact in facts if fact)} — {card.summary}"
