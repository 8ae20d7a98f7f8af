from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from minben.base.refusals import RefusalMessage, register

register(
    {
        "clock_step_unknown": RefusalMessage(
            _("The clock moves by a day, a week, or to the next deadline."),
            HTTPStatus.UNPROCESSABLE_ENTITY,
        ),
        "clock_beyond_calendar": RefusalMessage(
            _("The official calendar ends on %(last)s; the clock can't come so close to it.")
        ),
        "clock_no_deadline": RefusalMessage(_("No deadline is running.")),
    }
)
