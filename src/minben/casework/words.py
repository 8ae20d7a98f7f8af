"""What a duty is called (期限名稱), in letters, calendars and lists; lazy, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minben.casework.rules import DeadlineKind

DUTIES: Mapping[str, str | Promise] = {
    DeadlineKind.CHECK: _("Check of the proposal"),
    DeadlineKind.RESPONSE: _("Formal response"),
    DeadlineKind.APPEAL: _("Decision on the appeal"),
    DeadlineKind.HANDLING_PLAN: _("Handling plan"),
    DeadlineKind.CONTACT: _("Contact with the proposer"),
    DeadlineKind.STUDY_RETURN: _("Report on what is under study"),
}
