from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from minben.base.refusals import RefusalMessage, register

_STOPPED = HTTPStatus.SERVICE_UNAVAILABLE
_INPUT = HTTPStatus.UNPROCESSABLE_ENTITY

register(
    {
        "signing_stopped": RefusalMessage(
            _("Endorsing is stopped for the moment. Nothing was counted; please try again later."),
            _STOPPED,
        ),
        "creating_stopped": RefusalMessage(
            _(
                "New proposals, files and comments are stopped for the moment. What you have "
                "written so far is kept; please try again later."
            ),
            _STOPPED,
        ),
        "read_only": RefusalMessage(
            _(
                "The platform can only be read at the moment. Nothing was changed; "
                "please try again later."
            ),
            _STOPPED,
        ),
        "switch_already": RefusalMessage(_("Somebody has set this switch so already.")),
        "switch_reason_missing": RefusalMessage(_("Say why; every visitor will read it."), _INPUT),
        "switch_reason_too_long": RefusalMessage(
            _("A reason has at most %(limit)s characters."), _INPUT
        ),
    }
)
