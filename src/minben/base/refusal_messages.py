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
        "bulk_too_many": RefusalMessage(
            _("At most %(most)s rows can be done together."), HTTPStatus.UNPROCESSABLE_ENTITY
        ),
        "bulk_list_broken": RefusalMessage(
            _(
                "This list was changed on its way, so nothing was done. Please select the rows again."
            ),
            HTTPStatus.UNPROCESSABLE_ENTITY,
        ),
        "bulk_list_of_another": RefusalMessage(
            _("This list was confirmed by somebody else, so nothing was done."),
            HTTPStatus.FORBIDDEN,
        ),
        "bulk_list_expired": RefusalMessage(
            _(
                "This list is older than a quarter of an hour, so nothing was done. "
                "Please select the rows again."
            )
        ),
        "bulk_row_changed": RefusalMessage(
            _("It changed after you were shown it, so it was left as it is.")
        ),
    }
)
