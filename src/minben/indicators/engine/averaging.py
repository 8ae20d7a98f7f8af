"""Weights and means (權重、綜整): one number of several, by a rule that is told."""

import numpy as np

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.recipe import Mean, Weighing
from minben.indicators.engine.table import Values

TINY = 1e-12


def weights(code: str, rule: Weighing, given: Values, scores: Values) -> Values:
    """Weights of the members of a group, with sum 1.

    Args:
        code: of the group, for what is said of it.
        given: as the recipe has them.
        scores: rows × members, normalised.

    Raises:
        Faulty: the first principal component gives a member a negative weight.
    """
    if rule == "given":
        out = given
    elif rule == "equal":
        out = np.ones(len(given))
    elif rule == "entropy":
        out = _spread(scores)
    else:
        out = first_component(scores)[0]
        if np.any(out < -TINY):
            member = int(np.argmin(out))
            text = f"its member {member + 1} would count {out[member]:.3f}: give weights instead"
            raise Faulty([Fault(code, "pca_negative", text)])
    return np.asarray(out / out.sum())


def correlations(columns: Values) -> Values:
    """Pearson correlations of columns over the rows where both are present."""
    count = columns.shape[1]
    out = np.eye(count)
    for a in range(count):
        for b in range(a):
            both = ~np.isnan(columns[:, a]) & ~np.isnan(columns[:, b])
            out[a, b] = out[b, a] = np.corrcoef(columns[both, a], columns[both, b])[0, 1]
    return out


def first_component(scores: Values) -> tuple[Values, float]:
    """Loadings of the first principal component of the correlations, and its share of variance.

    Turned so that the loadings sum to something positive.
    """
    values, vectors = np.linalg.eigh(correlations(scores))
    loadings = vectors[:, -1]
    return loadings * (1 if loadings.sum() >= 0 else -1), float(values[-1] / len(values))


def _spread(scores: Values) -> Values:
    """Entropy weights: a member whose values tell units apart counts more."""
    seen = scores[~np.isnan(scores).any(axis=1)]
    shifted = seen - seen.min(axis=0) + TINY
    share = shifted / shifted.sum(axis=0)
    entropy = -(share * np.log(np.maximum(share, TINY))).sum(axis=0) / np.log(max(len(seen), 2))
    out: Values = np.maximum(1 - entropy, TINY)
    return out


def mean(code: str, rule: Mean, scores: Values, weight: Values) -> Values:
    """The weighted mean of each row over what it has; rows with nothing are missing.

    Args:
        scores: rows × members.
        weight: of the members; those of missing ones are spread over the others.

    Raises:
        Faulty: a geometric or harmonic mean of something negative.
    """
    there = ~np.isnan(scores)
    share = np.where(there, weight, 0.0)
    total = share.sum(axis=1)
    safe = np.where(there, scores, 1.0)
    if rule in ("geometric", "harmonic") and np.any(safe < 0):
        row = int(np.argmax((safe < 0).any(axis=1)))
        text = f"the {rule} mean of a negative score (row {row + 1}) does not exist"
        raise Faulty([Fault(code, "mean_negative", text)])
    with np.errstate(divide="ignore", invalid="ignore"):
        if rule == "geometric":
            out = np.exp((share * np.where(share > 0, np.log(safe), 0.0)).sum(axis=1) / total)
        elif rule == "harmonic":
            out = total / np.where(share > 0, share / safe, 0.0).sum(axis=1)
        else:
            out = (share * np.where(there, scores, 0.0)).sum(axis=1) / total
            if rule == "mpi":
                out = out - _unbalance(np.where(there, scores, 0.0), share, total, out)
    return np.where(total > 0, out, np.nan)


def _unbalance(scores: Values, share: Values, total: Values, middle: Values) -> Values:
    """What uneven scores cost: variance over mean (Mazziotta-Pareto, M·cv²)."""
    variance = (share * (scores - middle[:, None]) ** 2).sum(axis=1) / total
    out: Values = variance / middle
    return out
