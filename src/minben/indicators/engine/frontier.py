"""Weights that favour each unit (疑點利益權重, benefit of the doubt), by a linear programme.

Source: Cherchye, Moesen, Rogge, Van Puyenbroeck (2007), An introduction to "benefit of the doubt"
composite indicators; bounds of shares as in the OECD and JRC handbook on composite indicators
(2008). For a unit with scores y the weights w ≥ 0 make Σ wj·yj as large as it can be while no
unit k of the same period, weighed so, exceeds 1. With bounds, wj·yj is between low and high times
Σ wi·yi. A member the unit lacks has weight 0; where another unit lacks a member, that member adds
nothing to its sum.

Bounds bite: with a lower bound above zero, a unit that has 0 in that member scores 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.recipe import Share
from minben.indicators.engine.table import Values

DIGITS = 10  # what solvers agree on; more would make equal runs unequal, and ties no ties


@dataclass(frozen=True, slots=True)
class Favoured:
    """Scores of a group by the weights that favour each unit, and those weights.

    Args:
        scores: one per row, 0 to 1; missing where a row has no member at all.
        weights: rows × members; one set that attains the score, there may be others.
    """

    scores: Values
    weights: Values


def favoured(
    code: str,
    scores: Values,
    peers: Values,
    shares: Sequence[Share],
    named: Sequence[str] = (),
) -> Favoured:
    """Benefit-of-the-doubt scores of rows among peers.

    Args:
        code: of the group, for what is said of it.
        scores: rows × members, not negative.
        peers: rows × members whose sums must not exceed 1, beside the row's own.
        shares: bounds of each member.
        named: of the rows, for what is said of them.

    Raises:
        Faulty: a score is negative.
    """
    if np.any(scores < 0):
        row = int(np.argmax((scores < 0).any(axis=1)))
        who = named[row] if len(named) else f"row {row + 1}"
        text = f"benefit of the doubt needs scores of at least 0, {who} has one below"
        raise Faulty([Fault(code, "bod_negative", text)])
    limits = np.nan_to_num(peers)
    out, weight = np.full(len(scores), np.nan), np.zeros(scores.shape)
    for row, own in enumerate(scores):
        there = np.flatnonzero(~np.isnan(own))
        if len(there):
            bounds = _within(tuple(shares[int(member)] for member in there))
            weight[row, there] = best(own[there], limits[:, there], bounds)
            out[row] = min(round(float(np.nansum(weight[row] * own)), DIGITS), 1.0)
    return Favoured(out, weight)


def _within(shares: tuple[Share, ...]) -> tuple[Share, ...]:
    """Bounds of the members that are there: upper ones that leave no room grow in proportion."""
    room = sum(share.high for share in shares)
    if room >= 1:
        return shares
    return tuple(Share(share.low, share.high / room) for share in shares)


def best(own: Values, limits: Values, shares: Sequence[Share]) -> Values:
    """The weights of one unit: the linear programme as it is written above.

    Args:
        own: its scores, none missing.
        limits: units × members.
        shares: bounds of each member.

    Raises:
        Faulty: the solver gave up.
    """
    from scipy.optimize import linprog  # type: ignore[import-untyped]

    if not own.any():
        return np.zeros(len(own))
    rows, most = [limits, own[None, :]], [np.ones(len(limits) + 1)]
    for member, share in enumerate(shares):
        one = np.zeros(len(own))
        one[member] = own[member]
        if share.low > 0:
            rows.append((share.low * own - one)[None, :])
            most.append(np.zeros(1))
        if share.high < 1:
            rows.append((one - share.high * own)[None, :])
            most.append(np.zeros(1))
    # A member in which a unit has nothing adds nothing to it, and its weight is not looked for.
    top = np.where(own > 0, np.inf, 0.0)
    # Columns of one size keep the solver exact whatever the scale of the scores is.
    size = np.maximum(np.abs(limits).max(axis=0, initial=0.0), own)
    size = np.where(size > 0, size, 1.0)
    found = linprog(
        -own / size,
        A_ub=np.vstack(rows) / size,
        b_ub=np.concatenate(most),
        bounds=np.column_stack([np.zeros(len(own)), top]),
        method="highs",
    )
    if not found.success:
        raise Faulty([Fault("weights", "no_solution", f"no weights were found: {found.message}")])
    return np.maximum(np.asarray(found.x, dtype=np.float64), 0.0) / size
