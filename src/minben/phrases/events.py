from django.utils.translation import gettext_lazy as _

from minben.audit.registry import EventKind, register

register(
    EventKind("phrases.added", _("A template was added")),
    EventKind("phrases.changed", _("A template was changed")),
    EventKind("phrases.retired", _("A template was retired")),
)
