from django.utils.translation import gettext_lazy as _

from minben.notify.registry import NoticeKind, register

SUBJECTS = {
    "plan_published": _("How your case is handled: %(subject)s"),
    "contact_logged": _("Please look at the minutes: %(subject)s"),
    "posted": _("The government reports: %(subject)s"),
    "adoption_corrected": _("The answer was corrected: %(subject)s"),
}

register(
    *(
        NoticeKind(f"answering.{code}", subject, f"answering/notices/{code}.txt")
        for code, subject in SUBJECTS.items()
    )
)
