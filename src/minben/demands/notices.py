from django.utils.translation import gettext_lazy as _

from minben.notify.registry import NoticeKind, register

_SUBJECTS = {
    "split_published": _("What your proposal asks for, one by one: %(subject)s"),
    "correction_answered": _("Your correction was answered: %(subject)s"),
    "corrected": _("The government corrected its answer: %(subject)s"),
    "assigned": _("A demand was assigned to your agency: %(subject)s"),
}

register(
    *(
        NoticeKind(f"demands.{code}", subject, f"demands/notices/{code}.txt")
        for code, subject in _SUBJECTS.items()
    )
)
