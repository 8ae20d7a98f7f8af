from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from minben.base.refusals import RefusalMessage, register

_INPUT = HTTPStatus.UNPROCESSABLE_ENTITY
_NOT_YOURS = HTTPStatus.FORBIDDEN

register(
    {
        "demands_not_lead_agency": RefusalMessage(
            _("Only the agency that leads this case splits it into demands (%(rule)s)."), _NOT_YOURS
        ),
        "demands_case_closed": RefusalMessage(
            _("This case is closed; its demands stay as they are (%(rule)s).")
        ),
        "demands_too_many": RefusalMessage(
            _("A case has at most %(most)s demands; merge some (%(rule)s)."), _INPUT
        ),
        "demands_open": RefusalMessage(
            _(
                "The final answer has to dispose of every demand (%(rule)s). Not ready yet: demand %(numbers)s."
            )
        ),
        "corrections_unanswered": RefusalMessage(
            _("Answer every correction of the split before the final answer (%(rule)s).")
        ),
        "split_not_published": RefusalMessage(
            _(
                "The split has changed since it was published. Publish it before the final answer (%(rule)s)."
            )
        ),
        "demand_text": RefusalMessage(
            _("Say in %(least)s to %(most)s characters what is asked for (%(rule)s)."), _INPUT
        ),
        "demand_quote": RefusalMessage(
            _("Quote at most %(most)s characters of the proposal."), _INPUT
        ),
        "demand_why": RefusalMessage(
            _("Give a reason of %(least)s to %(most)s characters (%(rule)s)."), _INPUT
        ),
        "demand_changed": RefusalMessage(
            _(
                "Somebody changed this demand after you opened it. Your text is below; compare and save again (%(rule)s)."
            )
        ),
        "demand_not_open": RefusalMessage(
            _("This is possible only while the demand is being worked on (%(rule)s).")
        ),
        "demand_is_open": RefusalMessage(_("This demand stands already (%(rule)s).")),
        "demand_agency_ended": RefusalMessage(
            _("%(agency)s does not exist on this day; choose its successor."), _INPUT
        ),
        "merge_target": RefusalMessage(
            _("Choose another demand of this case that is being worked on (%(rule)s)."), _INPUT
        ),
        "split_empty": RefusalMessage(_("There is no demand to publish yet (%(rule)s).")),
        "split_unchanged": RefusalMessage(
            _("The split stands in public as it is; there is nothing new to publish (%(rule)s).")
        ),
        "split_note": RefusalMessage(_("Write at most %(most)s characters."), _INPUT),
        "split_case_not_public": RefusalMessage(
            _("This case is not public, so its split can't be published (%(rule)s).")
        ),
        "split_changed": RefusalMessage(
            _(
                "A newer split was published meanwhile. Look at it first; your text is below (%(rule)s)."
            )
        ),
        "split_agreed_already": RefusalMessage(_("You agreed with this split already (%(rule)s).")),
        "correction_not_yours": RefusalMessage(
            _("Only whoever brought the proposal corrects how it was split (%(rule)s)."), _NOT_YOURS
        ),
        "correction_late": RefusalMessage(
            _("The time for corrections ended with %(until)s (%(rule)s).")
        ),
        "correction_demand": RefusalMessage(
            _(
                "Choose the demand that should be corrected; a missing one belongs to none (%(rule)s)."
            ),
            _INPUT,
        ),
        "correction_text": RefusalMessage(
            _("Write in %(least)s to %(most)s characters how the demand should read (%(rule)s)."),
            _INPUT,
        ),
        "correction_why": RefusalMessage(
            _("Say why in %(least)s to %(most)s characters (%(rule)s)."), _INPUT
        ),
        "correction_twice": RefusalMessage(
            _("You proposed this correction of this demand already (%(rule)s).")
        ),
        "corrections_too_many": RefusalMessage(
            _("At most %(most)s corrections of one split (%(rule)s).")
        ),
        "correction_answered": RefusalMessage(
            _("This correction was answered already; the answer stays (%(rule)s).")
        ),
        "demand_without_agency": RefusalMessage(
            _("No agency is responsible for this demand. Name one first (%(rule)s).")
        ),
        "demand_not_your_agency": RefusalMessage(
            _("Only the agency responsible for this demand may do this (%(rule)s)."), _NOT_YOURS
        ),
        "demand_adoption": RefusalMessage(
            _("Choose what becomes of this demand (%(rule)s)."), _INPUT
        ),
        "demand_reason": RefusalMessage(
            _("Give the reason in at least %(least)s characters; it becomes public (%(rule)s)."),
            _INPUT,
        ),
        "demand_reason_too_long": RefusalMessage(
            _("The reason has at most %(most)s characters."), _INPUT
        ),
        "demand_follow_up_too_long": RefusalMessage(
            _("What follows has at most %(most)s characters."), _INPUT
        ),
        "demand_draft_kept": RefusalMessage(
            _(
                "Somebody saved this draft after you opened it. Your text is kept beside it; nothing is lost. Put both together and save again (%(rule)s)."
            )
        ),
        "demand_draft_changed": RefusalMessage(
            _("The draft was changed after you opened this page. Read it again first (%(rule)s).")
        ),
        "demand_not_cleared": RefusalMessage(
            _("Every step of clearance has to be approved first (%(rule)s).")
        ),
        "clearance_order": RefusalMessage(
            _("It is not the turn of this step; they go in their order (%(rule)s).")
        ),
        "clearance_not_yours": RefusalMessage(
            _("This step belongs to another role of the agency (%(rule)s)."), _NOT_YOURS
        ),
        "clearance_own_draft": RefusalMessage(
            _("You wrote this draft; somebody else has to clear it (%(rule)s)."), _NOT_YOURS
        ),
        "demand_not_disposed": RefusalMessage(
            _("Nothing was decided on this demand that could be taken back (%(rule)s).")
        ),
        "demand_published": RefusalMessage(
            _("This disposition is public. Correct it with a reason instead (%(rule)s).")
        ),
        "demand_not_published": RefusalMessage(
            _("Only a published disposition can be corrected (%(rule)s).")
        ),
        "disposition_changed": RefusalMessage(
            _(
                "Somebody corrected this disposition after you opened it. Your text is below; compare and save again (%(rule)s)."
            )
        ),
    }
)
