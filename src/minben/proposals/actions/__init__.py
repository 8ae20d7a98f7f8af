"""The acts of a proposal's life; the only writers of proposals."""

from minben.proposals.actions.answering import publish_answer
from minben.proposals.actions.appeals import appeal, decide_appeal
from minben.proposals.actions.assigning_forced import force_agencies
from minben.proposals.actions.campaign_appeals import (
    appeal_invalidation,
    decide_campaign_appeal,
)
from minben.proposals.actions.campaigns import (
    approve_campaign,
    count_campaign,
    propose_campaign,
    reject_campaign,
)
from minben.proposals.actions.checking import (
    accept_for_endorsement,
    hide,
    name_agencies,
    release_check,
    take_up_check,
)
from minben.proposals.actions.codrafting import suggest
from minben.proposals.actions.drafts import (
    begin_draft,
    discard_draft,
    open_codrafting,
    save_draft,
    tell_history,
)
from minben.proposals.actions.ending import close_due, follow_moved_windows, withdraw
from minben.proposals.actions.endorsing import endorse
from minben.proposals.actions.erasing import forget_person
from minben.proposals.actions.evidence import attach_file, detach_file
from minben.proposals.actions.extending import extend_response
from minben.proposals.actions.filing import file_proposal
from minben.proposals.actions.folding import (
    confirm_endorsements,
    recount,
    recount_nightly,
    settle,
)
from minben.proposals.actions.importing import Taken, import_proposals
from minben.proposals.actions.importing_endorsements import (
    import_endorsements,
    settle_endorsements,
    tell_of_reaching,
)
from minben.proposals.actions.invalidating import (
    ask_restoration,
    continue_campaigns,
    restore_campaign,
    run_campaign,
)
from minben.proposals.actions.networks import empty_networks
from minben.proposals.actions.opening import Opened, open_balances
from minben.proposals.actions.pausing import cancel_pause, declare_pause
from minben.proposals.actions.precedents import index_precedents, suggest_agencies
from minben.proposals.actions.search_index import index_text
from minben.proposals.actions.taking_over import TakenOver, take_over_endorsements
from minben.proposals.actions.together import endorse_together

__all__ = [
    "Opened",
    "Taken",
    "TakenOver",
    "accept_for_endorsement",
    "appeal",
    "appeal_invalidation",
    "approve_campaign",
    "ask_restoration",
    "attach_file",
    "begin_draft",
    "cancel_pause",
    "close_due",
    "confirm_endorsements",
    "continue_campaigns",
    "count_campaign",
    "decide_appeal",
    "decide_campaign_appeal",
    "declare_pause",
    "detach_file",
    "discard_draft",
    "empty_networks",
    "endorse",
    "endorse_together",
    "extend_response",
    "file_proposal",
    "follow_moved_windows",
    "force_agencies",
    "forget_person",
    "hide",
    "import_endorsements",
    "import_proposals",
    "index_precedents",
    "index_text",
    "name_agencies",
    "open_balances",
    "open_codrafting",
    "propose_campaign",
    "publish_answer",
    "recount",
    "recount_nightly",
    "reject_campaign",
    "release_check",
    "restore_campaign",
    "run_campaign",
    "save_draft",
    "settle",
    "settle_endorsements",
    "suggest",
    "suggest_agencies",
    "take_over_endorsements",
    "take_up_check",
    "tell_history",
    "tell_of_reaching",
    "withdraw",
]
