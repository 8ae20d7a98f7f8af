"""The Atom feed of one proposal (訂閱): its public history, as the timeline shows it."""

from html import unescape

from django.http import HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minben.base.access import Request, public
from minben.kernel.text import xml_safe
from minben.proposals.queries.facts import Facts
from minben.proposals.queries.history import Entry, history
from minben.proposals.views.showing import of_proposal


def _summary(entry: Entry, request: Request) -> str:
    shown = render_to_string(entry.partial, {"event": entry, "at": request.at})
    return xml_safe(" ".join(unescape(strip_tags(shown)).split()))


@public
@require_safe
@of_proposal
def page_feed(request: Request, proposal: Facts) -> HttpResponseBase:
    """What has happened to one proposal, newest first."""
    url = request.build_absolute_uri(reverse("proposals:page", args=[proposal.number]))
    feed = Atom1Feed(
        title=_("Proposal %(number)s: %(subject)s")
        % {"number": proposal.number, "subject": xml_safe(proposal.subject)},
        link=url,
        description="",
        language=get_language(),
        feed_url=request.build_absolute_uri(),
        feed_guid=url,
    )
    for entry in history(proposal.case_id, proposal.rule_set.rules):
        feed.add_item(
            title=str(entry.title),
            link=f"{url}#timeline",
            description=_summary(entry, request),
            unique_id=f"{url}#event-{entry.pk}",
            pubdate=entry.at,
            updateddate=entry.at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")
