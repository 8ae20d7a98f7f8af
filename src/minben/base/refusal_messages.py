from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from minben.base.refusals import RefusalMessage, register

register(
    {
        "simulated_in_production": RefusalMessage(
            _("Simulated data is refused on a production platform."), HTTPStatus.FORBIDDEN
        ),
        "not_permitted": RefusalMessage(_("Your account may not do this."), HTTPStatus.FORBIDDEN),
        "sign_in_required": RefusalMessage(_("Please sign in first."), HTTPStatus.FORBIDDEN),
        "verification_required": RefusalMessage(
            _("Please confirm your e-mail address and mobile number first."), HTTPStatus.FORBIDDEN
        ),
        "beyond_calendar": RefusalMessage(
            _("The official calendar does not reach %(day)s yet, so no date can be promised."),
            HTTPStatus.UNPROCESSABLE_ENTITY,
        ),
    }
)
