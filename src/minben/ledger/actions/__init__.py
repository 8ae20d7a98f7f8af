"""The only writers of the ledger."""

from minben.ledger.actions.checkpoints import keep_cosignature, keep_timestamp, sign_checkpoint
from minben.ledger.actions.claiming import Claims, claim
from minben.ledger.actions.entering import (
    Submission,
    destroy_openings,
    intake_from,
    intake_of_many,
    submit,
    submit_many,
)
from minben.ledger.actions.sequencing import hold, sequence, sequence_all

__all__ = [
    "Claims",
    "Submission",
    "claim",
    "destroy_openings",
    "hold",
    "intake_from",
    "intake_of_many",
    "keep_cosignature",
    "keep_timestamp",
    "sequence",
    "sequence_all",
    "sign_checkpoint",
    "submit",
    "submit_many",
]
