from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from minben.base.refusals import RefusalMessage, register

register(
    {
        "no_part_in_case": RefusalMessage(
            _(
                "Your agency has no part in this case. Whoever leads or assists in it, checks it or "
                "administers the platform may open it."
            ),
            HTTPStatus.FORBIDDEN,
        ),
        "record_of_another": RefusalMessage(
            _(
                "The whole record is read by administrators, and by the leads of the agency in charge "
                "of the case."
            ),
            HTTPStatus.FORBIDDEN,
        ),
    }
)
