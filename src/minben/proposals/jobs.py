"""Due work of proposals."""

from datetime import datetime

from minben.kernel.actor import SYSTEM
from minben.proposals import actions


def due(at: datetime) -> dict[str, int]:
    """Close windows that ended, confirm, go on with campaigns, recount; returns counts by name."""
    return {
        "windows_closed": actions.close_due(by=SYSTEM, at=at),
        "confirmed": actions.confirm_endorsements(by=SYSTEM, at=at),
        "campaign_batches": actions.continue_campaigns(by=SYSTEM, at=at),
        "precedents_kept": actions.index_precedents(by=SYSTEM, at=at),
        "networks_emptied": actions.empty_networks(by=SYSTEM, at=at),
        "counts_repaired": actions.recount_nightly(by=SYSTEM, at=at),
    }
