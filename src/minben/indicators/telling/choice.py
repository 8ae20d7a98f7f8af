"""What a reader chose (選擇單位、期間、比較範圍), and what is wrong with it.

What is not there is never replaced in silence: the page says what there is, and shows nothing
that was not asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from minben.indicators.engine.faults import Faulty
from minben.indicators.queries.pages import ALL, ComparatorSet
from minben.indicators.telling.basis import Basis, among
from minben.indicators.telling.words import ALL_UNITS, said

HOME = "TWN"  # the unit a page opens with where it is among the units
LEAST = 2  # units of a comparator set; of one there is nothing to compare
TOLD_MOST = 60  # characters of what was typed that are said again


@dataclass(frozen=True)
class Choice:
    """A unit, a period and whom it is compared with, as far as they are there.

    Args:
        basis: computed on the comparator set; of all units if something is wrong.
        faults: sentences for the reader; with one, nothing else holds.
        added: the unit is no member of the set and was taken in beside it.
    """

    basis: Basis
    unit: str
    period: str
    result: str
    compared: ComparatorSet
    added: bool
    faults: tuple[str, ...]


def choose(
    asked: Mapping[str, str],
    basis: Basis,
    sets: Sequence[ComparatorSet],
    everyone: ComparatorSet,
    *,
    outside: bool = False,
) -> Choice:
    """What the query of an address asks for.

    Args:
        asked: ``unit``, ``period``, ``with`` and ``result``; any may be absent.
        sets: comparator sets besides all units.
        everyone: the set of all units.
        outside: the unit asked for is to be estimated beside the index. It is not looked for here,
            and the comparators are the set alone.
    """
    faults: list[str] = []
    period = _period(asked.get("period", ""), basis, faults)
    unit = _unit("" if outside else asked.get("unit", ""), basis, period, faults)
    result = _result(asked.get("result", ""), basis, faults)
    compared = _compared(asked.get("with", ""), sets, everyone, faults)
    narrowed, added = basis, False
    if not faults and compared.key != ALL:
        if outside:
            unit = min(compared.units)
        added = unit not in compared.units
        try:
            narrowed = _narrowed(basis, compared, unit, period)
        except Faulty as error:
            faults.append(
                _("This index can't be computed on “{name}” alone: {why}").format(
                    name=said(compared.name), why="; ".join(str(one) for one in error.faults[:3])
                )
            )
    return Choice(narrowed, unit, period, result, compared, added, tuple(faults))


def _narrowed(basis: Basis, compared: ComparatorSet, unit: str, period: str) -> Basis:
    return among(basis, compared.units | {unit})


def _said(text: str) -> str:
    return text if len(text) <= TOLD_MOST else f"{text[:TOLD_MOST]}…"


def _period(asked: str, basis: Basis, faults: list[str]) -> str:
    known = sorted(basis.run.table.by_period)
    if asked and asked not in known:
        faults.append(
            _("There are no figures for “{asked}”. There are: {known}.").format(
                asked=_said(asked), known=_list([one for one in known if one][-12:])
            )
        )
    return asked if asked in known else (known[-1] if known else "")


def _unit(asked: str, basis: Basis, period: str, faults: list[str]) -> str:
    table = basis.run.table
    keys = list(zip(table.units, table.periods, strict=True))
    here = sorted(unit for unit, when in keys if when == period)
    if not asked:
        return HOME if HOME in here else (here[0] if here else "")
    if asked in here:
        return asked
    elsewhere = sorted(when for unit, when in keys if unit == asked)
    if elsewhere:
        told = _("There is nothing of “{asked}” in {period}; there is in: {known}.").format(
            asked=_said(asked), period=period, known=_list(elsewhere[-12:])
        )
    else:
        told = _(
            "There is no unit “{asked}” in this index. Choose one of the {n} in the menu."
        ).format(asked=_said(asked), n=len(here))
    faults.append(told)
    return HOME if HOME in here else (here[0] if here else "")


def _result(asked: str, basis: Basis, faults: list[str]) -> str:
    known = [group.code for group in basis.run.recipe.groups]
    first = basis.run.recipe.results[0]
    if asked and asked not in known:
        faults.append(
            _("This index has no part “{asked}”. It has: {known}.").format(
                asked=_said(asked), known=_list(known[:12])
            )
        )
    return asked if asked in known else first


def _compared(
    asked: str, sets: Sequence[ComparatorSet], everyone: ComparatorSet, faults: list[str]
) -> ComparatorSet:
    if not asked or asked == ALL:
        return everyone
    found = next((one for one in sets if one.key == asked), None)
    if found is None:
        faults.append(
            _("There is no comparator set “{asked}” with at least {least} of these units.").format(
                asked=_said(asked), least=LEAST
            )
        )
    return found or everyone


def _list(names: Sequence[str]) -> str:
    return _(", ").join(names)


def everyone_of(basis: Basis) -> ComparatorSet:
    """All units of a run."""
    return ComparatorSet(ALL, ALL_UNITS, frozenset(basis.run.table.units))
