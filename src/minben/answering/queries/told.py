"""What was published in a case, for the public page of its handling."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from minben.answering.models import Correction, Post
from minben.answering.rules import PostKind
from minben.casework import queries as casework

if TYPE_CHECKING:
    from minben.people.models import Agency


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A published response or report.

    Args:
        kind: of a report; empty for the formal response and what came from an archive.
        adoption: as it is after corrections.
        corrected: how many corrections there are.
    """

    pk: int
    at: datetime
    agency: "Agency"
    interim: bool
    kind: str
    adoption: str
    corrected: int


def answers_told(case_id: int) -> Sequence[AnswerLine]:
    """The published responses of a case, oldest first. Three queries, one where there is none."""
    rows = casework.responses_of(case_id)
    if not rows:
        return []
    kinds = dict(Post.objects.filter(case=case_id).values_list("response", "kind"))
    corrections = list(Correction.objects.filter(case=case_id).order_by("number"))
    lines = []
    for row in rows:
        own = [one for one in corrections if one.response_id == row.pk]
        adoption = next((one.after for one in reversed(own) if one.block == "adoption"), "")
        lines.append(
            AnswerLine(
                pk=row.pk,
                at=row.published_at or row.drafted_at,
                agency=row.agency,
                interim=row.interim,
                kind=kinds.get(row.pk, PostKind.PROGRESS if row.interim else ""),
                adoption=adoption or row.adoption,
                corrected=len(own),
            )
        )
    return lines
