"""The subjects of public proposals, by case: nothing is told of one that is not public."""

from collections.abc import Collection

from minben.proposals.queries.stages import public_rows


def public_subjects(case_ids: Collection[int]) -> dict[int, str]:
    """The subjects of those of the cases whose proposal everybody may read. One query."""
    rows = public_rows().filter(case__in=case_ids).order_by()
    return dict(rows.values_list("case_id", "subject"))
