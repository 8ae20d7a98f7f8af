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
    _kind("file_attached", _("File added to a draft"), timeline=False, own_words=("sha256",)),
    _kind("file_detached", _("File taken off a draft"), timeline=False, own_words=("sha256",)),
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
    _kind(
        "opening_balance",
        _("Counted before the ledger began"),
        timeline=False,
        ledger=(
            "number",
            "threshold",
            "count",
            "since",
            "last",
            "reached_at",
            "archived",
            "deadlines",
        ),
    ),
    _kind("history_told", _("History told"), timeline=False),
    _kind("recounted", _("Count repaired"), timeline=False, ledger=("from", "to")),
    _kind("recounts_done", _("Counts checked"), timeline=False),
    _kind("imported", _("Taken over from the archive"), timeline=False, ledger=()),
)

_ONE = ("campaign",)
_TAKEN = ("campaign", "reason", "count", "leaves")
_DONE = ("campaign", "reason", "count", "endorsed")

register(
    _kind(
        "campaign_proposed",
        _("Look into endorsements proposed"),
        timeline=False,
        ledger=("campaign", "reason"),
    ),
    _kind(
        "campaign_counted",
        _("Endorsements concerned counted"),
        timeline=False,
        ledger=("campaign", "count"),
    ),
    _kind(
        "campaign_approved",
        _("Approved by a second person"),
        timeline=False,
        ledger=("campaign", "count"),
    ),
    _kind("campaign_rejected", _("Not approved"), timeline=False, ledger=_ONE),
    _kind(
        "campaign_begun",
        _("Taking endorsements off the count begun"),
        timeline=False,
        ledger=("campaign", "count"),
    ),
    _kind("invalidated", _("Endorsements taken off the count"), timeline=False, ledger=_TAKEN),
    _kind("campaign_run", _("Endorsements taken off the count"), official=True, ledger=_DONE),
    _kind("restoration_asked", _("Counting them again proposed"), timeline=False, ledger=_ONE),
    _kind(
        "restoration_approved",
        _("Counting them again approved"),
        timeline=False,
        ledger=("campaign", "count"),
    ),
    _kind("restored", _("Endorsements counted again"), timeline=False, ledger=_TAKEN),
    _kind("campaign_restored", _("Endorsements counted again"), official=True, ledger=_DONE),
    _kind("campaign_appealed", _("An endorser appealed"), timeline=False, ledger=_ONE),
    _kind(
        "campaign_appeal_decided",
        _("An endorser's appeal decided"),
        timeline=False,
        ledger=("campaign", "upheld"),
    ),
    _kind(
        "fell_below",
        _("Fewer endorsements than the threshold"),
        official=True,
        ledger=("campaign", "count", "threshold", "rule", "outcome"),
    ),
    _kind("networks_emptied", _("Marks of networks forgotten"), timeline=False),
)
