"""Cases of the demo told act by act (案件演出): what happened, by whom, at which instant.

Each file in ``data/demo/scenes`` is a list of acts in order, and so is ``handling`` of a proposal.
Every act is one of the platform's own, so a scene that breaks a rule can't be loaded.
"""

from minben.simulation.demo.scenes import (
    casework,
    demanding,
    gatherings,
    phrasing,
    testing,
    topics,
)
from minben.simulation.demo.scenes.stage import ACTS, Stage, play

__all__ = [
    "ACTS",
    "Stage",
    "casework",
    "demanding",
    "gatherings",
    "phrasing",
    "play",
    "testing",
    "topics",
]
