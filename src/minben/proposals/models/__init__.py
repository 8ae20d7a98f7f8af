from minben.proposals.models.campaign import Campaign, CampaignAppeal, CampaignEndorsement
from minben.proposals.models.checking import Appeal, Check
from minben.proposals.models.endorsement import CurvePoint, Endorsement
from minben.proposals.models.proposal import TOPICS, Draft, Gram, Proposal

__all__ = [
    "TOPICS",
    "Appeal",
    "Campaign",
    "CampaignAppeal",
    "CampaignEndorsement",
    "Check",
    "CurvePoint",
    "Draft",
    "Endorsement",
    "Gram",
    "Proposal",
]
