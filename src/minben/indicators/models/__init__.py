"""Units, indicators, observations, methods and runs as they are kept (指標登錄).

What was observed is never overwritten: a newer file adds observations, and the newest that was not
withdrawn counts. Every number leads back to a file, by its hash, and to the place in it.
"""

from minben.indicators.models.claims import Claim
from minben.indicators.models.computed import Method, RunSource, StoredRun
from minben.indicators.models.observed import Break, Indicator, Observation
from minben.indicators.models.sources import Intake, IntakeFile, Source, Staged
from minben.indicators.models.units import Membership, Unit, UnitAlias, UnitGroup

__all__ = [
    "Break",
    "Claim",
    "Indicator",
    "Intake",
    "IntakeFile",
    "Membership",
    "Method",
    "Observation",
    "RunSource",
    "Source",
    "Staged",
    "StoredRun",
    "Unit",
    "UnitAlias",
    "UnitGroup",
]
