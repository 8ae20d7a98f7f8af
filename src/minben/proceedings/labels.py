"""Words for what sheets, walls and transcripts hold."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.proceedings.rules.issues import NodeKind, Tie
from minben.proceedings.rules.questions import HideGround, QuestionState
from minben.proceedings.rules.stakeholders import Kind, Lack, Stance
from minben.proceedings.rules.transcripts import RedactionGround

NODES: Final = {
    NodeKind.CONTEXT: _("Context"),
    NodeKind.STAKEHOLDER: _("Stakeholder"),
    NodeKind.DEMAND: pgettext_lazy("issue sheet", "Demand"),
    NodeKind.FACET: _("Facet"),
    NodeKind.EXISTING: _("Existing solution"),
    NodeKind.POSSIBLE: _("Possible solution"),
    NodeKind.EVIDENCE: pgettext_lazy("issue sheet", "Evidence"),
}
TIES: Final = {
    Tie.EXPLAINS: _("explains"),
    Tie.ASKS: _("asks for"),
    Tie.AFFECTED: _("is affected by"),
    Tie.CONCERNS: _("concerns"),
    Tie.HANDLED: _("is handled today by"),
    Tie.SOLVED: _("could be solved by"),
    Tie.CHANGED: _("could be changed into"),
    Tie.SUPPORTS: pgettext_lazy("issue sheet", "supports"),
}
KINDS: Final = {
    Kind.CITIZENS: pgettext_lazy("stakeholders", "Citizens"),
    Kind.INDUSTRY: _("Industry"),
    Kind.CIVIL: _("Civil society"),
    Kind.EXPERTS: _("Experts and scholars"),
    Kind.AGENCIES: pgettext_lazy("stakeholders", "Agencies"),
    Kind.QUIET: _("Those who rarely speak up"),
}
STANCES: Final = {
    Stance.UNKNOWN: _("Not known"),
    Stance.FOR: pgettext_lazy("stance", "For"),
    Stance.AGAINST: pgettext_lazy("stance", "Against"),
    Stance.AFFECTED: pgettext_lazy("stance", "Affected"),
}
LACKS: Final = {
    Lack.MISSING: _("Nobody of this kind is invited"),
    Lack.MAJORITY: _("More than half of those invited, agencies not counted"),
    Lack.NOBODY_AFFECTED: _("Nobody who is affected is invited"),
    Lack.ONLY_AGENCIES: _("Only agencies are invited"),
    Lack.ONE_SIDED: _("Only one side of the dispute is invited"),
    Lack.NOT_COMING: _("Invited, but nobody of this kind comes"),
}
STATES: Final = {
    QuestionState.OPEN: _("Waits for an answer"),
    QuestionState.ANSWERED: pgettext_lazy("question", "Answered"),
    QuestionState.HIDDEN: pgettext_lazy("question", "Hidden"),
}
GROUNDS: Final = {
    HideGround.ILLEGAL: _("Unlawful, obscene or defamatory"),
    HideGround.PERSONAL: _("Personal attack or discrimination"),
    HideGround.PRIVACY: _("Personal data of others"),
    HideGround.ADVERTISING: _("Advertising"),
    HideGround.OFF_TOPIC: _("Not about the subject of the meeting"),
    HideGround.DUPLICATE: _("The same question stands on the wall already"),
}
REDACTIONS: Final = {
    RedactionGround.PERSONAL: pgettext_lazy("redaction", "Personal data of others"),
    RedactionGround.BUSINESS: _("Trade secret"),
    RedactionGround.SECRET: _("Secret by law"),
    RedactionGround.AGREED: _("Off the record, as agreed before"),
}
WORDS: Final[Mapping[str, Mapping[str, str | Promise]]] = {
    "node": {key.value: text for key, text in NODES.items()},
    "tie": {key.value: text for key, text in TIES.items()},
    "kind": {key.value: text for key, text in KINDS.items()},
    "stance": {key.value: text for key, text in STANCES.items()},
    "lack": {key.value: text for key, text in LACKS.items()},
    "state": {key.value: text for key, text in STATES.items()},
    "ground": {key.value: text for key, text in GROUNDS.items()},
    "redaction": {key.value: text for key, text in REDACTIONS.items()},
}
