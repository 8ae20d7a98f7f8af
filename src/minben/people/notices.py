from django.utils.translation import gettext_lazy as _

from minben.notify.registry import Haste, NoticeKind, register

register(
    NoticeKind(
        "people.counter_confirmed",
        _("You were confirmed at a counter"),
        "people/notices/counter_confirmed.txt",
        haste=Haste.AT_ONCE,
    ),
    NoticeKind(
        "people.closing_asked",
        _("Your account will be erased after %(until)s"),
        "people/notices/closing_asked.txt",
        haste=Haste.AT_ONCE,
    ),
    NoticeKind(
        "people.closing_stopped",
        _("Your account was not erased"),
        "people/notices/closing_stopped.txt",
        haste=Haste.AT_ONCE,
    ),
    NoticeKind(
        "people.erased",
        _("Your account was erased"),
        "people/notices/erased.txt",
        haste=Haste.AT_ONCE,
        kept=False,
    ),
)
