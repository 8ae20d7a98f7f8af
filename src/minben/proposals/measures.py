"""Measures of participation (參與指標)."""

from django.utils.translation import gettext_lazy as _

from minben.base.measuring import By, Measure, Scale, register
from minben.proposals.queries import conduct

register(
    Measure(
        code="endorsements",
        title=_("Endorsements given"),
        definition=_(
            "Endorsements given in the month that count, by the county the endorser gave. Places"
            " abroad are in the total only."
        ),
        unit=_("endorsements given"),
        scale=Scale.COUNT,
        direction=0,
        by=By.COUNTY,
        take=conduct.endorsements,
        since=conduct.since,
        order=110,
    ),
    Measure(
        code="share-of-endorsements",
        title=_("Share of all endorsements"),
        definition=_(
            "What share of all endorsements of the month came from the county. The population of"
            " counties is not set against it."
        ),
        unit=_("% of endorsements"),
        scale=Scale.PERCENT,
        direction=0,
        by=By.COUNTY,
        take=conduct.share_of_endorsements,
        since=conduct.since,
        order=120,
    ),
    Measure(
        code="endorsers",
        title=_("People who endorsed"),
        definition=_(
            "People with an account here who endorsed at least once in the month, by the county"
            " they gave. Archives name no people and are left out."
        ),
        unit=_("people"),
        scale=Scale.COUNT,
        direction=0,
        by=By.COUNTY,
        take=conduct.endorsers,
        since=conduct.since,
        order=130,
    ),
    Measure(
        code="proposals-filed",
        title=_("Proposals filed"),
        definition=_("Proposals filed in the month, by the county of whoever proposed."),
        unit=_("proposals"),
        scale=Scale.COUNT,
        direction=0,
        by=By.COUNTY,
        take=conduct.proposers,
        since=conduct.since,
        order=140,
    ),
    Measure(
        code="proposals-reached",
        title=_("Proposals that reached their threshold"),
        definition=_(
            "Of the proposals whose endorsing ended in the month, the share that had reached the"
            " number of endorsements asked for."
        ),
        unit=_("% of proposals"),
        scale=Scale.PERCENT,
        direction=0,
        by=None,
        take=conduct.reached,
        since=conduct.since,
        order=150,
    ),
)
