from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from minben.base.refusals import RefusalMessage, register

register(
    {
        "not_doubtful": RefusalMessage(_("This message is not in doubt.")),
        "quiet_hours": RefusalMessage(
            _("Choose two different hours from 0 to 23, or none."), HTTPStatus.UNPROCESSABLE_ENTITY
        ),
        "address_not_returned": RefusalMessage(_("Letters to your address do not come back.")),
        "proof_unknown": RefusalMessage(
            _("This link is not yours, or it is older than a day. Ask for a new letter."),
            HTTPStatus.NOT_FOUND,
        ),
    }
)
