from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from minben.base.refusals import RefusalMessage, register

_INPUT = HTTPStatus.UNPROCESSABLE_ENTITY

register(
    {
        "findings_not_yours": RefusalMessage(
            _("Only officers of an agency of this case may do this."), HTTPStatus.FORBIDDEN
        ),
        "findings_published_already": RefusalMessage(
            _("These findings are public already. From then on they are corrected, not changed.")
        ),
        "findings_not_published": RefusalMessage(
            _("Publish the findings first; then tell what was changed and tested again.")
        ),
        "findings_incomplete": RefusalMessage(
            _(
                "Not complete yet: say how the test was done, who took part and which steps the service has."
            )
        ),
        "findings_case_hidden": RefusalMessage(
            _("This case is not public, so its findings can't be published.")
        ),
        "findings_text": RefusalMessage(_("Write %(least)s to %(most)s characters."), _INPUT),
        "findings_day": RefusalMessage(
            _("Choose a day that is not in the future and not before the first test."), _INPUT
        ),
        "findings_groups": RefusalMessage(
            _("One kind of participant a line, then how many, such as: “office workers 4”."), _INPUT
        ),
        "findings_name_twice": RefusalMessage(_("Two lines say the same."), _INPUT),
        "findings_name_too_long": RefusalMessage(
            _("A line has at most %(most)s characters."), _INPUT
        ),
        "findings_too_many": RefusalMessage(_("At most %(limit)s."), _INPUT),
        "findings_step_used": RefusalMessage(
            _("“%(step)s” has findings. Move them to another step before you take it away."), _INPUT
        ),
        "findings_people_fewer": RefusalMessage(
            _("One finding says that %(hit)s people stumbled; there can't be fewer in all."), _INPUT
        ),
        "findings_step_unknown": RefusalMessage(
            _("Choose one of the steps of the service."), _INPUT
        ),
        "findings_number": RefusalMessage(_("A whole number, at most %(n)s."), _INPUT),
        "findings_alt_missing": RefusalMessage(
            _("Say in words what the picture shows, for those who can't see it."), _INPUT
        ),
        "findings_picture_type": RefusalMessage(
            _("A screenshot is a picture: JPEG, PNG or WebP."), _INPUT
        ),
        "findings_corrected_already": RefusalMessage(
            _("Somebody corrected this finding already. Correct the newest wording.")
        ),
        "findings_retest_empty": RefusalMessage(
            _("Say for at least one finding how many people still stumbled."), _INPUT
        ),
        "findings_retest_twice": RefusalMessage(
            _("A re-test of this day was told already."), _INPUT
        ),
    }
)
