from django.utils.translation import gettext_lazy as _

from minben.notify.registry import NoticeKind, register

register(
    NoticeKind(
        "people.counter_confirmed",
        _("You were confirmed at a counter"),
        "people/notices/counter_confirmed.txt",
    ),
    NoticeKind(
        "people.closing_asked",
        _("Your account will be erased after %(until)s"),
        "people/notices/closing_asked.txt",
    ),
    NoticeKind(
        "people.closing_stopped",
        _("Your account was not erased"),
        "people/notices/closing_stopped.txt",
    ),
    NoticeKind(
        "people.erased",
        _("Your account was erased"),
        "people/notices/erased.txt",
        kept=False,
    ),
)
