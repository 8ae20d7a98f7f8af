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
    }
)
