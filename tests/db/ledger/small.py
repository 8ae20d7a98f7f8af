"""A small town, where a few endorsements are enough."""

from minben.casework import actions as casework
from minben.casework.shipped import documents
from minben.kernel.actor import SYSTEM
from tests.factories import DAY0


def small_rules(threshold: int = 3) -> str:
    """A government whose proposals reach with `threshold` endorsements; returns its code."""
    document = next(one for one in documents() if one["code"] == "tw-join-2018")
    document |= {
        "code": "small-2018",
        "jurisdiction": {"code": "small", "name_zh": "小鎮", "name_en": "Small", "position": 90},
        "parameters": document["parameters"] | {"threshold": threshold},
    }
    casework.add_rule_set(document=document, by=SYSTEM, at=DAY0)
    return "small"
