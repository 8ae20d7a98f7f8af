"""Adding a version of the rules (規則集)."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from minben.audit.actions import record
from minben.casework.models import RuleSet
from minben.casework.permissions import require
from minben.casework.rules import parse_parameters
from minben.kernel.actor import Actor, Role
from minben.kernel.refusal import Refusal
from minben.people import actions as people


@transaction.atomic
def add_rule_set(
    *,
    document: Mapping[str, Any],
    by: Actor,
    at: datetime,  # Any: parsed TOML
) -> tuple[RuleSet, bool]:
    """Add a rule set from its document; returns it and whether it is new.

    The same document again changes nothing. Another document under the same code is refused:
    running cases are pinned to the first, so a change is a new version.

    Raises:
        RuleSetFault: the document is not well formed.
        Refusal: ``rule_set_changed``.
    """
    require(by, Role.ADMINISTRATOR)
    parse_parameters(document["parameters"])
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, default=str)
    digest = hashlib.sha256(text.encode()).hexdigest()
    existing = RuleSet.objects.filter(code=document["code"]).first()
    if existing:
        if existing.digest != digest:
            raise Refusal("rule_set_changed", rule_set=existing.code)
        return existing, False
    government = people.add_jurisdiction(**document["jurisdiction"], by=by, at=at)
    rule_set = RuleSet.objects.create(
        code=document["code"],
        jurisdiction=government,
        title_zh=document["title_zh"],
        title_en=document["title_en"],
        source=document["source"],
        in_force_from=document["in_force_from"],
        in_force_until=document.get("in_force_until"),
        parameters=document["parameters"],
        digest=digest,
    )
    record(
        "casework.rule_set_added",
        by=by,
        at=at,
        subject=f"rule_set:{rule_set.code}",
        data={"code": rule_set.code, "digest": digest},
    )
    return rule_set, True
