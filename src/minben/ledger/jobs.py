"""Due work of the ledger, for hosts whose sequencer is the tick alone."""

from datetime import datetime

from minben.kernel.actor import SYSTEM
from minben.ledger import actions
from minben.ledger.guarding import refuse_to_enter, remember_signed
from minben.ledger.keys import LedgerKeyMissing


def due(at: datetime) -> dict[str, int]:
    """Enter what waits and sign a checkpoint; returns counts by name.

    Without a key acts still get their places; what is missing then is the signature.
    """
    refuse_to_enter()
    entered = actions.sequence_all(by=SYSTEM, at=at)
    try:
        signed = actions.sign_checkpoint(by=SYSTEM, at=at)
    except LedgerKeyMissing:
        signed = None
    remember_signed()
    return {"entered": entered, "checkpoints": int(signed is not None)}
