from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from minben.base.refusals import RefusalMessage, register

_INPUT = HTTPStatus.UNPROCESSABLE_ENTITY

register(
    {
        "case_subject": RefusalMessage(
            _("Say in %(least)s to %(most)s characters what the case is about."), _INPUT
        ),
        "rule_set_unknown": RefusalMessage(
            _("There is no rule set “%(rule_set)s”."), HTTPStatus.NOT_FOUND
        ),
        "no_rule_set_in_force": RefusalMessage(
            _("No rule set of this government is in force on %(day)s."), _INPUT
        ),
        "rule_set_changed": RefusalMessage(
            _(
                "Rule set “%(rule_set)s” exists with other contents. A change of rules is a new rule set."
            )
        ),
        "rule_set_start_taken": RefusalMessage(
            _("Another rule set of this government is in force from %(day)s already.")
        ),
        "agency_unknown": RefusalMessage(
            _("This agency does not exist or belongs to another government."), _INPUT
        ),
        "too_many_agencies": RefusalMessage(_("Name at most %(most)s agencies."), _INPUT),
        "pause_period": RefusalMessage(_("A pause must end after it begins."), _INPUT),
        "pause_in_the_past": RefusalMessage(
            _("A pause can't be declared for days that have passed."), _INPUT
        ),
        "pause_too_long": RefusalMessage(_("A pause lasts at most %(most)s days."), _INPUT),
        "pause_unexplained": RefusalMessage(
            _("Say why proposing stops, and where that is announced."), _INPUT
        ),
        "pause_text_too_long": RefusalMessage(_("At most %(most)s characters."), _INPUT),
        "pause_over": RefusalMessage(_("This pause is over or was cancelled already.")),
        "not_lead_agency": RefusalMessage(
            _("Only the lead agency of this case may respond."), HTTPStatus.FORBIDDEN
        ),
        "extension_kind": RefusalMessage(
            _("Only the time for the formal response can be extended (%(rule)s)."), _INPUT
        ),
        "extension_over": RefusalMessage(_("This deadline has ended already.")),
        "extension_late": RefusalMessage(
            _(
                "The time was up at the end of %(due)s. An extension must be published before that day ends (%(rule)s); the case stays overdue."
            )
        ),
        "extension_twice": RefusalMessage(
            _("This answer was extended once already; the rule allows one extension (%(rule)s).")
        ),
        "extension_backwards": RefusalMessage(_("Choose a day after %(due)s."), _INPUT),
        "extension_too_long": RefusalMessage(
            _("At the latest %(latest)s: the rule allows no more (%(rule)s)."), _INPUT
        ),
        "extension_reason": RefusalMessage(
            _(
                "Say in public why more time is needed, in at least %(least)s characters (%(rule)s)."
            ),
            _INPUT,
        ),
        "extension_reason_too_long": RefusalMessage(_("At most %(most)s characters."), _INPUT),
        "response_published_already": RefusalMessage(
            _("The formal response has been published already; it can't be overwritten.")
        ),
        "response_not_drafted": RefusalMessage(_("There is no draft to publish.")),
        "draft_changed": RefusalMessage(
            _(
                "Somebody saved this draft after you opened it. Your text is below; compare and save again."
            )
        ),
        "block_empty": RefusalMessage(_("This block must say something."), _INPUT),
        "block_too_long": RefusalMessage(_("At most 6,000 characters."), _INPUT),
        "adoption_missing": RefusalMessage(_("Choose how the proposal is adopted."), _INPUT),
        "response_not_whole": RefusalMessage(
            _(
                "The response can't be published yet: a block or the adoption is missing (%(basis)s)."
            ),
            _INPUT,
        ),
        "response_without_reasons": RefusalMessage(
            _("An adoption is published with its reasons, not without (%(basis)s)."), _INPUT
        ),
    }
)
