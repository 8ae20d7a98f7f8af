"""Words of the staff desk for codes of the other modules (承辦用語)."""

from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.casework.rules import Adoption, DeadlineKind, Outcome
from minben.discussion.rules import HideGround, Side
from minben.kernel.actor import Role
from minben.people.rules import DelegationKind

Words: TypeAlias = dict[str, str | Promise]

ROLES: Words = {
    Role.CHECKER: _("Checker"),
    Role.OFFICER: _("Agency officer"),
    Role.LEAD: _("Agency lead"),
    Role.ADMINISTRATOR: pgettext_lazy("role", "Platform administrator"),
    Role.CLERK: _("Counter clerk"),
    Role.PARTICIPATION: _("Participation officer"),
}
DELEGATIONS: Words = {
    DelegationKind.DELEGATION: _("Deputy by appointment"),
    DelegationKind.LEAVE: _("Cover during leave"),
}
ADOPTIONS: Words = {
    Adoption.UNDER_STUDY: _("Under study: taken up for further deliberation"),
    Adoption.ADOPTED: _("Adopted as proposed"),
    Adoption.PARTLY_ADOPTED: _("Adopted in part"),
    Adoption.NOT_ADOPTED: _("Not adopted"),
}
BLOCKS: Words = {
    "analysis": _("Analysis"),
    "deliberation": _("Deliberation"),
    "adoption_reason": _("Adoption and its reasons"),
    "follow_up": _("Follow-up plan"),
}
COMMENT_GROUNDS: Words = {
    HideGround.ABUSE: _("Abuse or personal attack"),
    HideGround.PERSONAL_DATA: _("Discloses personal data"),
    HideGround.ADVERTISING: _("Advertising"),
    HideGround.OFF_TOPIC: _("Flooding that has nothing to do with the matter"),
    HideGround.ILLEGAL: _("Against the law"),
}
SIDES: Words = {
    Side.PRO: pgettext_lazy("comment", "For"),
    Side.CON: pgettext_lazy("comment", "Against"),
    Side.SUGGESTION: _("Suggestion"),
}
DEADLINES: Words = {
    DeadlineKind.CHECK: pgettext_lazy("desk", "Check"),
    DeadlineKind.ENDORSE_CLOSE: _("Endorsing closes"),
    DeadlineKind.RESPONSE: _("Formal response"),
    DeadlineKind.APPEAL: _("Decision on the appeal"),
    DeadlineKind.HANDLING_PLAN: _("Handling plan"),
    DeadlineKind.CONTACT: _("Contact with the proposer"),
    DeadlineKind.STUDY_RETURN: _("Report on what is under study"),
}
OUTCOMES: Words = {
    Outcome.OPEN: pgettext_lazy("desk", "running"),
    Outcome.MET: pgettext_lazy("desk", "met"),
    Outcome.LAPSED: pgettext_lazy("desk", "lapsed"),
    Outcome.CANCELLED: pgettext_lazy("desk", "cancelled"),
}
TERMS: Words = {
    "check": _("Check of a proposal"),
    "endorse": _("Endorsing"),
    "response": _("Formal response after reaching"),
    "reproposal_bar": _("Same matter barred after reaching"),
    "appeal": _("Filing an appeal after hiding"),
    "appeal_decision": _("Decision on an appeal"),
}
ACTORS: Words = {
    "system": _("the platform"),
    "archive": _("the archive"),
    "anonymous": _("anyone"),
}


def actor_words(actor: str, names: dict[str, str]) -> str:
    """Who an actor id of the record is: a nickname with the id, or what kind of thing acts."""
    kind, _sep, name = actor.partition(":")
    if kind in ACTORS:
        return str(ACTORS[kind])
    return f"{names[actor]} (#{name})" if actor in names else f"#{name}"
