from django.utils.translation import gettext_lazy as _

from minben.notify.registry import Haste, NoticeKind, audience, register
from minben.proposals.answer_readers import AUDIENCE, answer_readers
from minben.proposals.notify_people import endorsers

_SUBJECTS = {
    "accepted": _("Your proposal passed the check: %(subject)s"),
    "hidden": _("Your proposal was hidden: %(subject)s"),
    "appeal_upheld": _("Your appeal was upheld: %(subject)s"),
    "appeal_rejected": _("Your appeal was rejected: %(subject)s"),
    "endorsed": _("You endorsed: %(subject)s"),
    "reached": _("Your proposal reached the threshold: %(subject)s"),
    "reached_agency": _("A proposal awaits your agency's response: %(subject)s"),
    "lapsed": _("Your proposal closed without reaching the threshold: %(subject)s"),
    "extended": _("The government takes longer to answer: %(subject)s"),
    "answered": _("The government answered: %(subject)s"),
    "invalidated": _("Your endorsement does not count: %(subject)s"),
    "restored": _("Your endorsement counts again: %(subject)s"),
    "campaign_appeal_upheld": _("Your appeal was upheld: %(subject)s"),
    "campaign_appeal_rejected": _("Your appeal was rejected: %(subject)s"),
    "campaign_run": _("Some endorsements of your proposal do not count: %(subject)s"),
    "campaign_restored": _("Endorsements of your proposal count again: %(subject)s"),
    "fell_below": _("Fewer endorsements than the threshold: %(subject)s"),
}

# With these a time to appeal or to answer begins.
_BEGINNING = frozenset({"hidden", "invalidated", "reached_agency", "appeal_rejected"})

register(
    *(
        NoticeKind(
            f"proposals.{code}",
            subject,
            f"proposals/notices/{code}.txt",
            haste=Haste.SINGLE if code in _BEGINNING else Haste.COLLECTED,
        )
        for code, subject in _SUBJECTS.items()
    )
)

audience("proposals.endorsers")(endorsers)
audience(AUDIENCE)(answer_readers)
