"""Who is responsible for a case: what agencies answered, for staff; every hand-over, for all."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from minben.assigning.permissions import may_see
from minben.assigning.queries.offers import handovers, offers_of
from minben.assigning.words import ANSWERS, ROLES
from minben.base.sections import Reader, Section, Seen, register
from minben.casework import queries as casework
from minben.casework.rules import AgencyRole


def _for_staff(seen: Seen) -> Mapping[str, Any] | None:  # Any: template context
    rows = [
        {
            "offer": row,
            "role": ROLES[row.role],
            "answer": ANSWERS[row.answer],
            "url": may_see(seen.actor, [row.agency_id]),
        }
        for row in offers_of(seen.case_id)
    ]
    return {"rows": rows} if rows else None


def _for_all(seen: Seen) -> Mapping[str, Any] | None:  # Any: template context
    rows = casework.agencies_of_case(seen.case_id)
    return {
        "leads": [row for row in rows if row.role == AgencyRole.LEAD],
        "assists": [row for row in rows if row.role == AgencyRole.ASSIST],
        "handovers": handovers(seen.case_id),
    }


register(
    Section(
        "assigning",
        _("What the agencies answered"),
        150,
        Reader.STAFF,
        "assigning/sections/offers.html",
        _for_staff,
    ),
    Section(
        "assigning",
        _("Who is responsible"),
        100,
        Reader.PUBLIC,
        "assigning/sections/responsible.html",
        _for_all,
    ),
)
