from django.utils.translation import gettext_lazy as _

from minben.audit.registry import EventKind, register


def _kind(
    code: str,
    label: object,
    *,
    official: bool = False,
    timeline: bool = True,
    ledger: tuple[str, ...] | None = None,
    own_words: tuple[str, ...] = (),
) -> EventKind:
    return EventKind(
        f"proposals.{code}",
        label,  # type: ignore[arg-type]
        timeline=timeline,
        official=official,
        ledger=ledger,
        own_words=own_words,
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
    _kind("filed", _("Proposed"), ledger=("number", "rule_set")),
    _kind("accepted", _("Check passed"), official=True, ledger=("opens_at", "closes_at")),
    _kind("hidden", _("Hidden after the check"), official=True, ledger=("ground", "merge_into")),
    _kind("check_locked", _("Check taken up"), timeline=False),
    _kind("check_released", _("Check given back"), timeline=False),
    _kind("appealed", _("Appeal filed"), ledger=()),
    _kind("appeal_upheld", _("Appeal upheld: restored"), official=True, ledger=()),
    _kind("appeal_rejected", _("Appeal rejected"), official=True, ledger=()),
    # Its record is its entry in the ledger: one row per endorsement, not two (ADR 0018).
    _kind("endorsed", _("Endorsed"), timeline=False),
    _kind("reached", _("Reached the threshold"), ledger=("number", "due_at")),
    _kind("lapsed", _("Closed without reaching the threshold"), ledger=("endorsed",)),
    _kind("window_closed", _("Endorsing closed"), ledger=("endorsed",)),
    _kind("withdrawn", _("Withdrawn by the proposer"), ledger=(), own_words=("reason",)),
    _kind("answered", _("Answered"), timeline=False, ledger=("adoption",)),
    _kind(
        "endorsements_taken_over",
        _("Endorsements taken over"),
        timeline=False,
        ledger=("from", "to"),
    ),
    _kind("history_told", _("History told"), timeline=False),
    _kind("recounted", _("Count repaired"), timeline=False, ledger=("from", "to")),
    _kind("recounts_done", _("Counts checked"), timeline=False),
    _kind("imported", _("Taken over from the archive"), timeline=False, ledger=()),
)
