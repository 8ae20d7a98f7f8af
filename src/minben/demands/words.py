"""Words for the codes of demands (訴求用語), in the reader's language."""

from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.casework.rules import Adoption
from minben.demands.rules import CorrectionKind, DemandState, Outcome, Step

Words: TypeAlias = dict[str, str | Promise]

ADOPTIONS: Words = {
    Adoption.UNDER_STUDY: _("Under study: taken up for further deliberation"),
    Adoption.ADOPTED: _("Adopted as proposed"),
    Adoption.PARTLY_ADOPTED: _("Adopted in part"),
    Adoption.NOT_ADOPTED: _("Not adopted"),
}
STATES: Words = {
    DemandState.OPEN: pgettext_lazy("demand", "being worked on"),
    DemandState.DISPOSED: pgettext_lazy("demand", "decided, not public yet"),
    DemandState.PUBLISHED: pgettext_lazy("demand", "published"),
    DemandState.DROPPED: pgettext_lazy("demand", "left out"),
    DemandState.MERGED: pgettext_lazy("demand", "merged"),
}
KINDS: Words = {
    CorrectionKind.REWORD: pgettext_lazy("correction", "The words should be others"),
    CorrectionKind.MISSING: pgettext_lazy("correction", "A demand is missing"),
    CorrectionKind.SUPERFLUOUS: pgettext_lazy("correction", "This was not asked for"),
}
STEPS: Words = {
    Step.DRAFTER: pgettext_lazy("clearance", "Drafter"),
    Step.SECTION_HEAD: pgettext_lazy("clearance", "Section head"),
    Step.LEGAL: pgettext_lazy("clearance", "Legal staff"),
    Step.PARTICIPATION: pgettext_lazy("clearance", "Participation officer"),
    Step.LEAD: pgettext_lazy("clearance", "Head of the agency"),
}
OUTCOMES: Words = {
    Outcome.APPROVED: pgettext_lazy("clearance", "approved"),
    Outcome.RETURNED: pgettext_lazy("clearance", "returned"),
}
