from django.utils.translation import gettext_lazy as _

from minben.audit.registry import EventKind, register

register(
    EventKind("discussion.commented", _("Commented")),
    EventKind("discussion.reopened", _("Comments are taken until a day")),
    EventKind("discussion.comment_hidden", _("Comment hidden"), ledger=("ground",)),
    EventKind("discussion.comment_restored", _("Comment shown again"), ledger=()),
    EventKind("discussion.comment_reported", _("Comment reported")),
    EventKind("discussion.reports_dismissed", _("Reports looked at, comment left")),
    EventKind("discussion.file_kept", _("File uploaded")),
)
