from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from minben.base.refusals import RefusalMessage, register

_INPUT = HTTPStatus.UNPROCESSABLE_ENTITY

register(
    {
        "indicators_not_yours": RefusalMessage(
            _(
                "Sources and methods of an agency are kept by its officers and leads, those of the platform by administrators."
            ),
            HTTPStatus.FORBIDDEN,
        ),
        "indicators_units_not_yours": RefusalMessage(
            _("Units are shared by all sources: administrators change them and their names."),
            HTTPStatus.FORBIDDEN,
        ),
        "indicators_code_taken": RefusalMessage(
            _("The code %(method)s is taken; choose another one."), _INPUT
        ),
        "indicators_same_method": RefusalMessage(
            _("This method is declared already, word by word, as %(method)s.")
        ),
        "indicators_unknown_method": RefusalMessage(
            _("There is no such method."), HTTPStatus.NOT_FOUND
        ),
        "indicators_nothing_observed": RefusalMessage(
            _("Nothing is observed of what %(method)s needs: import its indicators first.")
        ),
        "indicators_source_unknown": RefusalMessage(
            _("There is no source with the code %(source)s."), HTTPStatus.NOT_FOUND
        ),
        "indicators_source_taken": RefusalMessage(
            _("The code %(source)s belongs to another source already; choose another one."), _INPUT
        ),
        "indicators_unit_unknown": RefusalMessage(
            _("There is no unit with the code %(unit)s."), HTTPStatus.NOT_FOUND
        ),
        "indicators_unit_taken": RefusalMessage(
            _("The code %(unit)s belongs to another unit already; choose another one."), _INPUT
        ),
        "indicators_alias_name": RefusalMessage(
            _("Write the other name, with at most 200 characters."), _INPUT
        ),
        "indicators_alias_span": RefusalMessage(
            _("The name must end after the day it begins."), _INPUT
        ),
        "indicators_alias_there": RefusalMessage(
            _("The unit bears the name “%(name)s” already."), _INPUT
        ),
        "indicators_alias_taken": RefusalMessage(
            _("“%(name)s” is a name of %(unit)s at that time; a name means one unit only."), _INPUT
        ),
        "indicators_alias_unknown": RefusalMessage(
            _("This name was taken back already."), HTTPStatus.NOT_FOUND
        ),
        "indicators_intake_unknown": RefusalMessage(
            _("There is no such import."), HTTPStatus.NOT_FOUND
        ),
        "indicators_no_files": RefusalMessage(_("Choose at least one file."), _INPUT),
        "indicators_too_many_files": RefusalMessage(
            _("One import takes at most %(most)s files."), _INPUT
        ),
        "indicators_file_too_large": RefusalMessage(
            _("%(name)s is larger than %(most)s MB; split it."), _INPUT
        ),
        "indicators_file_name": RefusalMessage(
            _("A file needs a name of at most %(most)s characters."), _INPUT
        ),
        "indicators_nothing_new": RefusalMessage(
            _("Import %(number)s of this source brought exactly the same; there is nothing new.")
        ),
        "indicators_unconfirmed": RefusalMessage(
            _("Look at the remarks and confirm them: nothing was imported yet."), _INPUT
        ),
        "indicators_withdrawn_already": RefusalMessage(_("This import was withdrawn already.")),
        "indicators_reason": RefusalMessage(
            _("Give the reason, with at most 2,000 characters; everybody can read it."), _INPUT
        ),
        "indicators_no_survey": RefusalMessage(
            _("Statements are noted of surveys only: first say of the source that it is one.")
        ),
        "indicators_claim_there": RefusalMessage(
            _("This statement is noted already, word by word, and stands.")
        ),
        "indicators_claim_unseen": RefusalMessage(
            _("Look at the verdict first: nothing was noted yet."), _INPUT
        ),
        "indicators_claim_unknown": RefusalMessage(
            _("There is no such statement."), HTTPStatus.NOT_FOUND
        ),
        "indicators_claim_withdrawn": RefusalMessage(_("This statement was withdrawn already.")),
        "indicators_staged_gone": RefusalMessage(
            _(
                "The uploaded files are not kept any more, or somebody imported them already. Upload them again."
            ),
            HTTPStatus.GONE,
        ),
    }
)
