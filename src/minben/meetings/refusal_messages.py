from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from minben.base.refusals import RefusalMessage, register

_INPUT = HTTPStatus.UNPROCESSABLE_ENTITY
_NOT_YOU = HTTPStatus.FORBIDDEN

_MEETINGS = {
    "not_host_agency": RefusalMessage(
        _("Only the agency that holds the meeting, or an administrator, may do this (%(basis)s)."),
        _NOT_YOU,
    ),
    "meeting_text": RefusalMessage(_("Write %(least)s to %(most)s characters."), _INPUT),
    "meeting_list_full": RefusalMessage(_("There are at most %(most)s.")),
    "host_unknown": RefusalMessage(
        _("This agency does not belong to the government the case is before."), _INPUT
    ),
    "second_needs_vote": RefusalMessage(
        _(
            "There was or will be a collaboration meeting about this case already. A second one must be chosen by the participation officers' vote (%(rule)s). A workshop needs no vote."
        )
    ),
    "meeting_times": RefusalMessage(
        _("A meeting ends after it begins, and within twelve hours."), _INPUT
    ),
    "meeting_past": RefusalMessage(_("Choose a time that is still to come."), _INPUT),
    "meeting_url": RefusalMessage(
        _("The address of the live stream must begin with https:// and name a host."), _INPUT
    ),
    "meeting_capacity": RefusalMessage(
        _("A meeting has %(least)s to %(most)s places; sixty a session is what groups can bear."),
        _INPUT,
    ),
    "meeting_public": RefusalMessage(
        _("Places for the public are 0 to %(most)s, out of all places."), _INPUT
    ),
    "meeting_course": RefusalMessage(
        _("This is not possible at the point the meeting has come to (%(basis)s).")
    ),
    "meeting_over": RefusalMessage(_("The meeting has begun; it can't be changed any more.")),
    "meeting_incomplete": RefusalMessage(
        _("A meeting is announced with a time and a place, so that people can come."), _INPUT
    ),
    "capacity_below_seated": RefusalMessage(
        _("%(seated)s people have a place already; nobody is sent away."), _INPUT
    ),
    "agenda_outside_new_time": RefusalMessage(
        _("“%(title)s” of the agenda would lie outside the meeting. Change the agenda first."),
        _INPUT,
    ),
    "case_not_public": RefusalMessage(
        _("The case is not public, so no meeting about it can be announced.")
    ),
    "meeting_not_begun": RefusalMessage(_("The meeting has not begun yet.")),
    "agenda_without_time": RefusalMessage(
        _("Set the time of the meeting first; its agenda lies within it."), _INPUT
    ),
    "agenda_backwards": RefusalMessage(_("A piece of the agenda ends after it begins."), _INPUT),
    "agenda_outside": RefusalMessage(
        _("A piece of the agenda lies between the meeting's begin and end."), _INPUT
    ),
    "agenda_overlap": RefusalMessage(
        _("Another piece of the agenda stands at this time already."), _INPUT
    ),
    "task_days": RefusalMessage(_("0 to %(most)s days before the meeting."), _INPUT),
}

_TOPICS = {
    "not_participation_officer": RefusalMessage(
        _(
            "Only the participation officer (開放政府聯絡人) of an agency nominates and votes, for that agency, once (%(rule)s)."
        ),
        _NOT_YOU,
    ),
    "round_times": RefusalMessage(
        _("Nominations end after today, and votes end after nominations."), _INPUT
    ),
    "round_numbers": RefusalMessage(
        _("An agency has 1 to %(votes)s votes, and 1 to %(winners)s topics win (%(basis)s)."),
        _INPUT,
    ),
    "round_open_already": RefusalMessage(
        _("A round of this government is open already. The next can begin when it is counted.")
    ),
    "nominations_closed": RefusalMessage(
        _("The time for nominations is over; the vote has begun (%(basis)s).")
    ),
    "nominee_unknown": RefusalMessage(
        _("There is no public case of this government with that number."), _INPUT
    ),
    "nominated_already": RefusalMessage(
        _("This case is nominated in this round already; vote for it instead."), _INPUT
    ),
    "voted_already": RefusalMessage(
        _("Your agency has voted in this round; each agency votes once (%(basis)s).")
    ),
    "voting_not_open": RefusalMessage(_("The vote has not begun; nominations are still open.")),
    "round_closed": RefusalMessage(_("The vote is over (%(basis)s).")),
    "ballot_empty": RefusalMessage(_("Choose at least one topic."), _INPUT),
    "ballot_unknown_topic": RefusalMessage(_("Choose topics of this round, each once."), _INPUT),
    "ballot_too_many": RefusalMessage(
        _("Choose at most %(most)s topics, one vote each (%(basis)s)."), _INPUT
    ),
}

_PLACES = {
    "registration_closed": RefusalMessage(
        _("Registration is open from the announcement until the meeting begins.")
    ),
    "invited_already": RefusalMessage(_("The endorsers have been written to already.")),
    "nobody_to_invite": RefusalMessage(_("This case has no endorsers who can be written to.")),
    "meeting_not_verified": RefusalMessage(
        _("Confirm e-mail, mobile and residency first; then you can register."), _NOT_YOU
    ),
    "registered_already": RefusalMessage(_("You have registered for this meeting already.")),
    "meeting_not_petitioner": RefusalMessage(
        _("Only the proposer of this case may do this (%(basis)s)."), _NOT_YOU
    ),
    "endorsers_not_invited": RefusalMessage(
        _("The letter to the endorsers has not gone out yet; all have the same chance then.")
    ),
    "not_endorsed": RefusalMessage(
        _(
            "These places are for people who endorsed the proposal: the first five who register after the letter (%(basis)s)."
        ),
        _NOT_YOU,
    ),
    "no_public_places": RefusalMessage(
        _("This meeting has no places for the public. It may be followed by live stream.")
    ),
    "registration_kind": RefusalMessage(
        _(
            "Stakeholders, officials and youth advisers are named by agencies; the proposer, endorsers and the public register themselves (%(basis)s)."
        ),
        _INPUT,
    ),
    "place_gone": RefusalMessage(_("There is no such place any more.")),
    "meeting_not_of_agency": RefusalMessage(
        _("Only people of that agency, or of the host, may do this (%(basis)s)."), _NOT_YOU
    ),
    "stakeholders_full": RefusalMessage(
        _("An agency names at most %(most)s stakeholders (%(basis)s)."), _INPUT
    ),
    "meeting_full": RefusalMessage(
        _(
            "No place is free: there are %(most)s, and those of the proposer and five endorsers are kept for them (%(basis)s)."
        )
    ),
    "suggestions_full": RefusalMessage(
        _("The proposer suggests at most %(most)s stakeholders (%(basis)s).")
    ),
    "groups_closed": RefusalMessage(_("The meeting is over; its groups stay as they were.")),
    "nobody_seated": RefusalMessage(_("Nobody has a place yet, so there are no groups.")),
    "table_unknown": RefusalMessage(_("Tables have numbers from 1 to %(most)s."), _INPUT),
    "attendance_closed": RefusalMessage(
        _("Who came is noted from the begin of the meeting until its report is published.")
    ),
}

_RESULTS = {
    "report_too_early": RefusalMessage(_("A report follows a meeting that was held.")),
    "report_changed": RefusalMessage(
        _("Somebody saved this draft after you opened it. Compare, and save again.")
    ),
    "report_missing": RefusalMessage(_("There is no draft to publish.")),
    "action_too_early": RefusalMessage(_("Actions are agreed at a meeting that was held.")),
    "action_due": RefusalMessage(_("Choose a day after today, within five years."), _INPUT),
    "action_over": RefusalMessage(
        _("This action has been released or dropped; what was reported of it stays (%(basis)s).")
    ),
    "release_by_host": RefusalMessage(
        _("Only the agency that held the meeting releases or drops an action (%(basis)s)."),
        _NOT_YOU,
    ),
}

register(_MEETINGS | _TOPICS | _PLACES | _RESULTS)
