from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from minben.base.refusals import RefusalMessage, register

_INPUT = HTTPStatus.UNPROCESSABLE_ENTITY

register(
    {
        "offer_unknown": RefusalMessage(_("There is no such request."), HTTPStatus.NOT_FOUND),
        "offer_not_yours": RefusalMessage(
            _("Only the agencies concerned may do this (%(basis)s)."), HTTPStatus.FORBIDDEN
        ),
        "offer_answered": RefusalMessage(_("This was answered or withdrawn already.")),
        "offer_decided": RefusalMessage(
            _("The platform has decided; only a new naming changes who is responsible.")
        ),
        "offer_forced": RefusalMessage(
            _(
                "This assignment was forced and can't be disputed: that is possible from %(least)s endorsements on (%(basis)s)."
            )
        ),
        "offer_escalated": RefusalMessage(_("The platform was asked to decide already.")),
        "offer_closed": RefusalMessage(
            _("This case has ended; nothing is to be answered any more.")
        ),
        "nothing_disputed": RefusalMessage(
            _("Nothing is disputed here: no agency has refused, or it is settled already.")
        ),
        "handover_reason": RefusalMessage(
            _("Give a reason of at least %(least)s characters; everybody can read it (%(basis)s)."),
            _INPUT,
        ),
        "handover_reason_too_long": RefusalMessage(
            _("A reason has at most %(most)s characters."), _INPUT
        ),
        "agency_itself": RefusalMessage(_("Name another agency than your own."), _INPUT),
        "decision_names_nobody": RefusalMessage(
            _("Name at least one agency that leads: a case without one is answered by nobody."),
            _INPUT,
        ),
        "too_few_to_force": RefusalMessage(
            _(
                "An assignment can be forced from %(least)s endorsements on; there are %(endorsed)s (%(basis)s)."
            )
        ),
    }
)
