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
from minben.casework.rules import parse_document
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
        Refusal: ``rule_set_changed``, ``rule_set_start_taken``.
    """
    require(by, Role.ADMINISTRATOR)
    parsed = parse_document(document)
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, default=str)
    digest = hashlib.sha256(text.encode()).hexdigest()
    existing = RuleSet.objects.filter(code=parsed.code).first()
    if existing:
        if existing.digest != digest:
            raise Refusal("rule_set_changed", rule_set=existing.code)
        return existing, False
    government = people.add_jurisdiction(**parsed.jurisdiction, by=by, at=at)
    if RuleSet.objects.filter(jurisdiction=government, in_force_from=parsed.in_force_from).exists():
        raise Refusal("rule_set_start_taken", day=parsed.in_force_from.isoformat())
    rule_set = RuleSet.objects.create(
        code=parsed.code,
        jurisdiction=government,
        title_zh=parsed.title_zh,
        title_en=parsed.title_en,
        source=parsed.source,
        in_force_from=parsed.in_force_from,
        in_force_until=parsed.in_force_until,
        parameters=parsed.parameters,
        digest=digest,
    )
    record(
        "casework.rule_set_added",
        by=by,
        at=at,
        subject=f"rule_set:{rule_set.code}",
        data={
            "code": rule_set.code,
            "digest": digest,
            "jurisdiction": government.code,
            "in_force_from": parsed.in_force_from.isoformat(),
            "in_force_until": parsed.in_force_until.isoformat() if parsed.in_force_until else None,
            "parameters": rule_set.parameters,
        },
    )
    return rule_set, True
