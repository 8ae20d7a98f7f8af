"""Reads of corrections: the text as it is now, and each step that led to it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from minben.answering.models import Correction
from minben.answering.rules.correcting import Text, corrected

if TYPE_CHECKING:
    from minben.casework.models import Response


def corrections_of(case_id: int) -> Sequence[Correction]:
    """All corrections in a case, by response and number. One query."""
    rows = Correction.objects.filter(case_id=case_id).select_related("agency")
    return list(rows.order_by("response", "number"))


def current_text(response: "Response", corrections: Iterable[Correction]) -> Text:
    """A published response as it reads after those of `corrections` that are its own. No query."""
    own = (one for one in corrections if one.response_id == response.pk)
    return corrected(Text(response.blocks, response.adoption), own)
