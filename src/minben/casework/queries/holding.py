"""Holding a case while modules above write what hangs on it (案件鎖定)."""

from minben.casework.models import Case


def hold_case(pk: int) -> Case:
    """Lock a case's row until the transaction ends; with rule set, government and lead. One query.

    Whoever writes several rows of a case holds it first, before any of them.

    Raises:
        Case.DoesNotExist: there is none.
    """
    rows = Case.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("rule_set", "jurisdiction", "lead").get(pk=pk)
