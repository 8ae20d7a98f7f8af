"""The acts on the registry of indicators (指標登錄之行為); the only writers of this module."""

from minben.indicators.actions.claims import note_claim, note_claims, withdraw_claim
from minben.indicators.actions.computing import compute_run
from minben.indicators.actions.declaring import Declared, declare_indicators
from minben.indicators.actions.frameworks import Framed, declare_framework
from minben.indicators.actions.intakes import take_in, withdraw_intake
from minben.indicators.actions.methods import declare_method, ship_methods
from minben.indicators.actions.published import ship_surveys
from minben.indicators.actions.services import change_service, register_service
from minben.indicators.actions.sources import change_source, register_source
from minben.indicators.actions.staging import drop_staged, stage_files, take_staged
from minben.indicators.actions.units import Registered, add_alias, register_units, remove_alias

__all__ = [
    "Declared",
    "Framed",
    "Registered",
    "add_alias",
    "change_service",
    "change_source",
    "compute_run",
    "declare_framework",
    "declare_indicators",
    "declare_method",
    "drop_staged",
    "note_claim",
    "note_claims",
    "register_service",
    "register_source",
    "register_units",
    "remove_alias",
    "ship_methods",
    "ship_surveys",
    "stage_files",
    "take_in",
    "take_staged",
    "withdraw_claim",
    "withdraw_intake",
]
