from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from minben.base.refusals import RefusalMessage, register

_INPUT = HTTPStatus.UNPROCESSABLE_ENTITY

register(
    {
        "phrase_unknown": RefusalMessage(_("There is no such template."), HTTPStatus.NOT_FOUND),
        "phrase_not_yours": RefusalMessage(
            _(
                "Templates of an agency are kept by its officers and leads, those of the platform by administrators."
            ),
            HTTPStatus.FORBIDDEN,
        ),
        "phrase_retired": RefusalMessage(_("This template was retired already.")),
        "phrase_changed": RefusalMessage(
            _(
                "Somebody changed this template while you were writing. Their words stand below; saving again replaces them with yours."
            )
        ),
        "phrase_title": RefusalMessage(
            _("Give the template a title of at most 80 characters."), _INPUT
        ),
        "phrase_text": RefusalMessage(_("The text has between 1 and 4,000 characters."), _INPUT),
        "phrase_too_many": RefusalMessage(
            _("There are %(most)s templates of this kind already; retire one first."), _INPUT
        ),
        "phrase_not_offered": RefusalMessage(
            _("Choose a template from the list. Nothing was inserted."), _INPUT
        ),
    }
)
