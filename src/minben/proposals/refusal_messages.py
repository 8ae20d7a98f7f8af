from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from minben.base.refusals import RefusalMessage, register

_INPUT = HTTPStatus.UNPROCESSABLE_ENTITY
_DENIED = HTTPStatus.FORBIDDEN

register(
    {
        "field_empty": RefusalMessage(_("Please fill this in."), _INPUT),
        "field_too_short": RefusalMessage(_("Please write at least %(limit)s characters."), _INPUT),
        "field_too_long": RefusalMessage(_("At most %(limit)s characters."), _INPUT),
        "link_not_web": RefusalMessage(
            _("Give a full web address that begins with http:// or https://."), _INPUT
        ),
        "link_too_long": RefusalMessage(_("This address is longer than 500 characters."), _INPUT),
        "link_title_too_long": RefusalMessage(
            _("The title of a link has at most %(limit)s characters."), _INPUT
        ),
        "too_many_links": RefusalMessage(_("At most %(limit)s links."), _INPUT),
        "topic_unknown": RefusalMessage(_("Choose a topic from the list."), _INPUT),
        "not_your_draft": RefusalMessage(_("This draft belongs to somebody else."), _DENIED),
        "draft_filed": RefusalMessage(_("This draft has been submitted already.")),
        "erase_checking": RefusalMessage(
            _(
                "Your proposal %(number)s is being checked. Withdraw it, or wait for the decision, "
                "and then close the account."
            )
        ),
        "erase_appealing": RefusalMessage(
            _(
                "Your appeal on proposal %(number)s is not decided yet. Wait for the decision, and "
                "then close the account."
            )
        ),
        "agencies_unclear": RefusalMessage(
            _(
                "You named agencies and also left the choice to the administrator. Please choose one."
            ),
            _INPUT,
        ),
        "agencies_not_named": RefusalMessage(
            _("Name at least one agency, or let the administrator decide."), _INPUT
        ),
        "codrafting_closed": RefusalMessage(_("Co-drafting of this proposal has ended.")),
        "codrafting_days": RefusalMessage(
            _("Co-drafting lasts between 1 and %(most)s days."), _INPUT
        ),
        "codrafting_open_already": RefusalMessage(_("This draft is open for co-drafting already.")),
        "propose_paused": RefusalMessage(_("Proposing is paused until %(until)s: %(reason)s.")),
        "reproposal_barred": RefusalMessage(
            _(
                "The same matter reached the threshold less than six months ago (%(number)s). "
                "It can be proposed again from %(until)s."
            )
        ),
        "decided_already": RefusalMessage(_("This was decided already; nothing was changed.")),
        "check_locked": RefusalMessage(
            _("%(who)s is working on this check until %(until)s."), HTTPStatus.LOCKED
        ),
        "check_not_locked": RefusalMessage(
            _("Take this check up first: your lock has run out."), HTTPStatus.LOCKED
        ),
        "ground_unknown": RefusalMessage(_("Choose a ground from the catalogue."), _INPUT),
        "reason_too_short": RefusalMessage(_("Give a reason of at least five characters."), _INPUT),
        "reason_too_long": RefusalMessage(_("This reason is too long."), _INPUT),
        "merge_target_unknown": RefusalMessage(
            _("Choose the open proposal the proposer should join."), _INPUT
        ),
        "own_proposal": RefusalMessage(_("You can't decide on a proposal of your own."), _DENIED),
        "not_proposer": RefusalMessage(_("Only the proposer may do this."), _DENIED),
        "appealed_already": RefusalMessage(_("An appeal was filed already; there is only one.")),
        "appeal_too_late": RefusalMessage(_("The time to appeal ended on %(until)s.")),
        "not_hidden": RefusalMessage(_("This proposal is not hidden.")),
        "appeal_same_person": RefusalMessage(
            _("An appeal is decided by somebody else than who hid the proposal."), _DENIED
        ),
        "not_endorsable": RefusalMessage(_("This proposal is not open for endorsing.")),
        "endorse_too_early": RefusalMessage(
            _("Endorsing opens on the day after the check, on %(opens)s.")
        ),
        "endorse_too_late": RefusalMessage(_("Endorsing closed on %(closed)s.")),
        "endorse_paused": RefusalMessage(
            _("Endorsing is paused. The remaining days will be given back.")
        ),
        "endorsed_already": RefusalMessage(
            _("You have endorsed this proposal already. One person, one endorsement.")
        ),
        "endorse_reason_too_long": RefusalMessage(
            _("Your reason may have at most %(limit)s characters."), _INPUT
        ),
        "not_withdrawable": RefusalMessage(
            _("A proposal can be withdrawn only before it reaches the threshold.")
        ),
        "not_answerable": RefusalMessage(_("This proposal does not await a formal response.")),
    }
)

register(
    {
        "not_examinable": RefusalMessage(
            _("Endorsements of this proposal can't be looked into: it is not open, or archived.")
        ),
        "condition_missing": RefusalMessage(_("Give at least one condition."), _INPUT),
        "condition_matches_all": RefusalMessage(
            _("This pattern fits everything. Write at least one letter or digit."), _INPUT
        ),
        "condition_period": RefusalMessage(_("The end must be after the beginning."), _INPUT),
        "network_unknown": RefusalMessage(
            _("Write a network such as 203.0.113.0/24 or 2001:db8:7::/48."), _INPUT
        ),
        "network_too_narrow": RefusalMessage(
            _("Only a /24 (IPv4) or a /48 (IPv6) is known of an address; ask for no less."), _INPUT
        ),
        "network_too_wide": RefusalMessage(
            _("This network is too wide: at most a /16 (IPv4) or a /32 (IPv6)."), _INPUT
        ),
        "campaign_reason_unknown": RefusalMessage(_("Choose a ground from the catalogue."), _INPUT),
        "campaign_elsewhere": RefusalMessage(
            _("This is not possible as things stand now. Look at the page again.")
        ),
        "campaign_finds_nothing": RefusalMessage(
            _("No endorsement that counts fits these conditions.")
        ),
        "second_person_needed": RefusalMessage(
            _("A second person has to approve this, not the one who proposed it."), _DENIED
        ),
        "restoration_asked_already": RefusalMessage(
            _("Counting them again was proposed already; another person decides.")
        ),
        "restoration_not_asked": RefusalMessage(
            _("Somebody has to propose counting them again first, with a reason.")
        ),
        "not_invalidated": RefusalMessage(
            _("No endorsement of yours was taken off the count of this proposal.")
        ),
        "campaign_appeal_same_person": RefusalMessage(
            _("Who proposed or approved this does not decide the appeal."), _DENIED
        ),
        "own_endorsement": RefusalMessage(
            _("You can't decide on an endorsement of your own."), _DENIED
        ),
    }
)
