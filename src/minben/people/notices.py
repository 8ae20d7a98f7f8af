from django.utils.translation import gettext_lazy as _

from minben.notify.registry import NoticeKind, register

register(
    NoticeKind(
        "people.counter_confirmed",
        _("You were confirmed at a counter"),
        "people/notices/counter_confirmed.txt",
    )
)
