from django.utils.translation import gettext_lazy as _

from minben.audit.registry import EventKind, register


def _kind(code: str, label: object, *, official: bool = False, timeline: bool = True) -> EventKind:
    return EventKind(
        f"proposals.{code}",
        label,  # type: ignore[arg-type]
        timeline=timeline,
        official=official,
        template=f"proposals/events/{code}.html" if timeline else "audit/events/plain.html",
    )


register(
    _kind("draft_begun", _("Draft begun"), timeline=False),
    _kind("draft_saved", _("Draft saved"), timeline=False),
    _kind("draft_discarded", _("Draft discarded"), timeline=False),
    _kind("file_attached", _("File added to a draft"), timeline=False),
    _kind("file_detached", _("File taken off a draft"), timeline=False),
    _kind("draft_filed", _("Draft submitted"), timeline=False),
    _kind("codrafting_opened", _("Opened for co-drafting"), timeline=False),
    _kind("filed", _("Proposed")),
    _kind("accepted", _("Check passed"), official=True),
    _kind("hidden", _("Hidden after the check"), official=True),
    _kind("check_locked", _("Check taken up"), timeline=False),
    _kind("check_released", _("Check given back"), timeline=False),
    _kind("appealed", _("Appeal filed")),
    _kind("appeal_upheld", _("Appeal upheld: restored"), official=True),
    _kind("appeal_rejected", _("Appeal rejected"), official=True),
    _kind("endorsed", _("Endorsed"), timeline=False),
    _kind("reached", _("Reached the threshold")),
    _kind("lapsed", _("Closed without reaching the threshold")),
    _kind("window_closed", _("Endorsing closed")),
    _kind("withdrawn", _("Withdrawn by the proposer")),
    _kind("answered", _("Answered"), timeline=False),
    _kind("endorsements_taken_over", _("Endorsements taken over"), timeline=False),
    _kind("history_told", _("History told"), timeline=False),
    _kind("imported", _("Taken over from the archive"), timeline=False),
)
