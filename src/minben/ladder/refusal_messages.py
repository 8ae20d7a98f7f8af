from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from minben.base.refusals import RefusalMessage, register

_INPUT = HTTPStatus.UNPROCESSABLE_ENTITY

register(
    {
        "ladder_not_yours": RefusalMessage(
            _("Only officers of an agency of this case may state this."), HTTPStatus.FORBIDDEN
        ),
        "ladder_case_hidden": RefusalMessage(
            _("This case is not public, so nothing can be stated of it in public.")
        ),
        "ladder_text": RefusalMessage(_("Write %(least)s to %(most)s characters."), _INPUT),
        "ladder_day": RefusalMessage(
            _("Choose a day that has come: what lies ahead has no rung yet."), _INPUT
        ),
        "ladder_too_many": RefusalMessage(
            _("A case has at most %(limit)s processes of this kind.")
        ),
        "ladder_twice": RefusalMessage(
            _("This process of this day is stated already. State it anew instead."), _INPUT
        ),
        "ladder_same": RefusalMessage(_("Nothing differs from what is stated already.")),
    }
)
