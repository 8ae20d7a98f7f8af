from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from minben.base.refusals import RefusalMessage, register

_INPUT = HTTPStatus.UNPROCESSABLE_ENTITY
_NOT_YOURS = HTTPStatus.FORBIDDEN

register(
    {
        "answering_too_long": RefusalMessage(_("At most %(most)s characters."), _INPUT),
        "case_not_reached": RefusalMessage(
            _("A plan, a contact and a report are for cases that reached (%(basis)s).")
        ),
        "plan_after_answer": RefusalMessage(
            _("The case is answered; how it was handled can't be planned any more (%(basis)s).")
        ),
        "plan_not_drafted": RefusalMessage(_("There is no draft of a plan to publish.")),
        "plan_summary_short": RefusalMessage(
            _("Say in at least %(least)s characters how the case will be handled (%(basis)s)."),
            _INPUT,
        ),
        "plan_steps_missing": RefusalMessage(
            _("Name at least one step and the day by which it is done (%(basis)s)."), _INPUT
        ),
        "plan_step_half": RefusalMessage(
            _("A step needs both: what is done, and the day by which it is done."), _INPUT
        ),
        "plan_steps_many": RefusalMessage(_("At most %(most)s steps."), _INPUT),
        "office_missing": RefusalMessage(_("Name the office that answers for it."), _INPUT),
        "office_private": RefusalMessage(
            _("Name the office and its switchboard, no person's mobile number or mailbox."), _INPUT
        ),
        "contact_nobody": RefusalMessage(
            _("No citizen brought this case here, so there is nobody to contact.")
        ),
        "contact_in_future": RefusalMessage(_("A contact is logged after it took place."), _INPUT),
        "contact_too_early": RefusalMessage(
            _("This is before the case was filed. Check the day."), _INPUT
        ),
        "contact_says_nothing": RefusalMessage(
            _("Write down what was discussed; the proposer will be asked to confirm it."), _INPUT
        ),
        "contact_not_reached": RefusalMessage(
            _("Nobody was reached, so nothing was agreed. Note the attempt only."), _INPUT
        ),
        "contact_not_yours": RefusalMessage(
            _("Only who was contacted can say something of these minutes."), _NOT_YOURS
        ),
        "contact_verdict": RefusalMessage(_("Choose one of the answers."), _INPUT),
        "contact_statement": RefusalMessage(
            _("Say in your own words what is not right or missing."), _INPUT
        ),
        "contact_period_over": RefusalMessage(
            _("The time to confirm or correct is over (%(basis)s). You can still object.")
        ),
        "post_short": RefusalMessage(
            _("Say in at least %(least)s characters what was done so far."), _INPUT
        ),
        "study_not_running": RefusalMessage(
            _("Nothing is under study in this case, so no return is due (%(basis)s).")
        ),
        "study_adoption": RefusalMessage(
            _("A study ends with adopted, adopted in part or not adopted (%(basis)s)."), _INPUT
        ),
        "correction_unpublished": RefusalMessage(
            _("Only a response that was published here can be corrected (%(basis)s).")
        ),
        "correction_block": RefusalMessage(_("Choose which part is corrected."), _INPUT),
        "correction_empty": RefusalMessage(
            _("Nothing of a published response can be taken away altogether (%(basis)s)."), _INPUT
        ),
        "correction_nothing": RefusalMessage(_("This is what it says already."), _INPUT),
        "correction_reason": RefusalMessage(
            _("Say in public, in at least %(least)s characters, why it is corrected (%(basis)s)."),
            _INPUT,
        ),
        "correction_seen_other": RefusalMessage(
            _("Somebody corrected this response after you opened it. Look at it again.")
        ),
        "adoption_differs": RefusalMessage(
            _(
                "The adoption of the case must be what its demands add up to; change the one or the other (%(basis)s)."
            ),
            _INPUT,
        ),
        "survey_not_asked": RefusalMessage(
            _("The survey is for those who were told of the answer (%(basis)s)."), _NOT_YOURS
        ),
        "survey_over": RefusalMessage(_("The survey is over (%(basis)s).")),
        "survey_score": RefusalMessage(_("Choose one to five for each question."), _INPUT),
        "survey_words": RefusalMessage(_("At most %(most)s characters."), _INPUT),
        "words_none": RefusalMessage(_("There is nothing here to look at any more.")),
    }
)
