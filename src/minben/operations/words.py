"""Words for services that can be stopped (服務開關用語)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minben.operations.rules import Service

Words = dict[Service, str | Promise]

NAMES: Words = {
    Service.SIGNING: pgettext_lazy("service", "Endorsing"),
    Service.CREATING: _("Proposals, files and comments"),
    Service.MAIL: _("Notices by e-mail"),
    Service.EVERYTHING: _("All writing (read-only platform)"),
}
TITLES: Words = {
    Service.SIGNING: _("Endorsing is stopped for the moment."),
    Service.CREATING: _("New proposals and comments are stopped for the moment."),
    Service.MAIL: _("E-mail notices are late."),
    Service.EVERYTHING: _("The platform can only be read at the moment."),
}
ADVICE: Words = {
    Service.SIGNING: _("Endorsements given so far stay counted."),
    Service.CREATING: _("You may go on reading and endorsing; your drafts are kept."),
    Service.MAIL: _("Everything else works. Notices are kept and sent later; “My page” has them."),
    Service.EVERYTHING: _("Nothing is lost. You may go on reading; please do the rest later."),
}
# What a stop does, for the administrator who is about to press.
EFFECTS: Words = {
    Service.SIGNING: _(
        "Nobody can endorse. Windows go on running: if a stop takes longer than an hour, think of "
        "declaring a pause, which gives the days back."
    ),
    Service.CREATING: _(
        "Nobody can begin or file a proposal, upload a file, open a co-drafting or comment. "
        "Endorsing, saving drafts, appeals and the work of the desk go on."
    ),
    Service.MAIL: _(
        "No notice leaves. They wait in the outbox and go out when the switch is set back. Codes "
        "for signing in are sent all the same."
    ),
    Service.EVERYTHING: _(
        "Every form is refused, those of the desk as well; signing in and this page still work. "
        "Deadlines are kept by the tick as ever."
    ),
}
