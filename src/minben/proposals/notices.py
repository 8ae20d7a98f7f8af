from django.utils.translation import gettext_lazy as _

from minben.notify.registry import NoticeKind, register

_SUBJECTS = {
    "accepted": _("Your proposal passed the check: %(subject)s"),
    "hidden": _("Your proposal was hidden: %(subject)s"),
    "appeal_upheld": _("Your appeal was upheld: %(subject)s"),
    "appeal_rejected": _("Your appeal was rejected: %(subject)s"),
    "endorsed": _("You endorsed: %(subject)s"),
    "reached": _("Your proposal reached the threshold: %(subject)s"),
    "reached_agency": _("A proposal awaits your agency's response: %(subject)s"),
    "lapsed": _("Your proposal closed without reaching the threshold: %(subject)s"),
    "answered": _("The government answered: %(subject)s"),
}

register(
    *(
        NoticeKind(f"proposals.{code}", subject, f"proposals/notices/{code}.txt")
        for code, subject in _SUBJECTS.items()
    )
)
