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
TOGETHER = 25  # units solved at once: calling the solver takes longer than most programmes


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
    weight = np.zeros(scores.shape)
    for start in range(0, len(scores), TOGETHER):
        rows = slice(start, start + TOGETHER)
        weight[rows] = best(scores[rows], limits, shares)
    sums = np.minimum(np.nansum(weight * scores, axis=1).round(DIGITS), 1.0)
    return Favoured(np.where(np.isnan(scores).all(axis=1), np.nan, sums), weight)


def _within(shares: tuple[Share, ...]) -> tuple[Share, ...]:
    """Bounds of the members that are there: upper ones that leave no room grow in proportion."""
    room = sum(share.high for share in shares)
    if room >= 1:
        return shares
    return tuple(Share(share.low, share.high / room) for share in shares)


def best(own: Values, limits: Values, shares: Sequence[Share]) -> Values:
    """The weights of some units, each by the linear programme as it is written above.

    They share no weight and no bound, so one programme with a block for each solves all.

    Args:
        own: units × members; missing where a unit lacks a member.
        limits: peers × members.
        shares: bounds of each member.

    Raises:
        Faulty: the solver gave up.
    """
    from scipy.optimize import linprog  # type: ignore[import-untyped]
    from scipy.sparse import block_diag  # type: ignore[import-untyped]

    known = np.nan_to_num(own)
    # Columns of one size keep the solver exact whatever the scale of the scores is.
    size = np.maximum(np.abs(limits).max(axis=0, initial=0.0), known)
    size = np.where(size > 0, size, 1.0)
    blocks, most = [], []
    for row, scale in zip(own, size, strict=True):
        bounded = _bounded(row, shares)
        blocks.append(np.vstack([limits, np.nan_to_num(row), bounded]) / scale)
        most += [np.ones(len(limits) + 1), np.zeros(len(bounded))]
    # A member in which a unit has nothing adds nothing to it, and its weight is not looked for.
    top = np.where(known > 0, np.inf, 0.0).ravel()
    found = linprog(
        -(known / size).ravel(),
        A_ub=block_diag(blocks, format="csr"),
        b_ub=np.concatenate(most),
        bounds=np.column_stack([np.zeros(len(top)), top]),
        method="highs",
        options={"presolve": False},  # what could be left out costs more to find than to solve
    )
    if not found.success:
        raise Faulty([Fault("weights", "no_solution", f"no weights were found: {found.message}")])
    return np.maximum(np.asarray(found.x, dtype=np.float64), 0.0).reshape(own.shape) / size


def _bounded(own: Values, shares: Sequence[Share]) -> Values:
    """What weights must not exceed zero in: a line for each bound that bites, members across."""
    there = [int(member) for member in np.flatnonzero(~np.isnan(own))]
    known, lines = np.nan_to_num(own), np.diag(np.nan_to_num(own))
    out = [np.empty((0, len(own)))]
    for member, share in zip(there, _within(tuple(shares[one] for one in there)), strict=True):
        if share.low > 0:
            out.append(share.low * known[None, :] - lines[[member]])
        if share.high < 1:
            out.append(lines[[member]] - share.high * known[None, :])
    return np.vstack(out)
