"""Weights and means (權重、綜整): one number of several, by a rule that is told."""

from collections.abc import Sequence

import numpy as np

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.recipe import Mean, Weighing
from minben.indicators.engine.scaling import alike
from minben.indicators.engine.table import Values

TINY = 1e-12
EVEN = 1e-6  # of an eigenvalue
ENOUGH = 2  # rows: of two any two columns correlate fully


def weights(code: str, rule: Weighing, given: Values, scores: Values) -> Values:
    """Weights of the members of a group, with sum 1.

    Args:
        code: of the group, for what is said of it.
        given: as the recipe has them.
        scores: rows × members, normalised.

    Raises:
        Faulty: the first principal component gives a member a negative weight, or none stands out;
            or a rule that looks at the scores finds too few of them, or all alike.
    """
    if rule in ("given", "bod"):  # of bod: what coverage counts by; the score has its own
        out = given
    elif rule == "equal":
        out = np.ones(len(given))
    elif rule == "entropy":
        _refuse_alike(code, scores)
        out = _spread(scores)
    else:
        _refuse_alike(code, scores)
        _refuse_even(code, scores)
        out = first_component(scores)[0]
        if np.any(out < -TINY):
            member = int(np.argmin(out))
            text = f"its member {member + 1} would count {out[member]:.3f}: give weights instead"
            raise Faulty([Fault(code, "pca_negative", text)])
    return np.asarray(out / out.sum())


def _refuse_alike(code: str, scores: Values) -> None:
    """Weights out of the scores need rows that have every member, and members that vary."""
    whole = scores[~np.isnan(scores).any(axis=1)]
    if len(whole) <= ENOUGH:
        text = f"only {len(whole)} rows have all members: too few to make weights of"
        raise Faulty([Fault(code, "weights_few", text)])
    ends = zip(whole.min(axis=0), whole.max(axis=0), strict=True)
    flat = [number for number, (low, high) in enumerate(ends, start=1) if alike(low, high)]
    if flat:
        text = f"its member {flat[0]} has one score for all: no weights can be made of it"
        raise Faulty([Fault(code, "no_variance", text)])


def _refuse_even(code: str, scores: Values) -> None:
    """Of members that do not correlate no direction is the first: any would be by chance."""
    values = np.linalg.eigvalsh(correlations(scores))
    if len(values) > 1 and alike(float(values[-2]), float(values[-1]), EVEN):
        text = "no component stands out: its members hardly correlate; give weights instead"
        raise Faulty([Fault(code, "pca_even", text)])


def correlations(columns: Values) -> Values:
    """Pearson correlations of columns over the rows where both are present.

    NaN where fewer than two rows have both, or one of them does not vary there.
    """
    count = columns.shape[1]
    out = np.eye(count)
    for a in range(count):
        for b in range(a):
            both = ~np.isnan(columns[:, a]) & ~np.isnan(columns[:, b])
            one, other = columns[both, a], columns[both, b]
            varied = len(one) > 1 and np.ptp(one) > 0 and np.ptp(other) > 0
            out[a, b] = out[b, a] = np.corrcoef(one, other)[0, 1] if varied else np.nan
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


def mean(
    code: str, rule: Mean, scores: Values, weight: Values, named: Sequence[str] = ()
) -> Values:
    """The weighted mean of each row over what it has; rows with nothing are missing.

    Args:
        scores: rows × members.
        weight: of the members; those of missing ones are spread over the others.
        named: of the rows, for what is said of them.

    Raises:
        Faulty: a geometric or harmonic mean of something negative; unevenness beside a mean that
            is not above zero.
    """
    there = ~np.isnan(scores)
    share = np.where(there, weight, 0.0)
    total = share.sum(axis=1)
    safe = np.where(there, scores, 1.0)
    if rule in ("geometric", "harmonic") and np.any(safe < 0):
        row = int(np.argmax((safe < 0).any(axis=1)))
        who = named[row] if len(named) else f"row {row + 1}"
        text = f"the {rule} mean of a negative score ({who}) does not exist"
        raise Faulty([Fault(code, "mean_negative", text)])
    with np.errstate(divide="ignore", invalid="ignore"):
        if rule == "geometric":
            out = np.exp((share * np.where(share > 0, np.log(safe), 0.0)).sum(axis=1) / total)
        elif rule == "harmonic":
            out = total / np.where(share > 0, share / safe, 0.0).sum(axis=1)
        else:
            out = (share * np.where(there, scores, 0.0)).sum(axis=1) / total
            if rule in ("mpi", "mpi_plus"):
                off = np.where(there, scores - out[:, None], 0.0)
                cost = unbalance(code, (share * off**2).sum(axis=1) / total, out, named)
                out = out - cost if rule == "mpi" else out + cost
    return np.where(total > 0, out, np.nan)


def unbalance(code: str, variance: Values, middle: Values, named: Sequence[str] = ()) -> Values:
    """What uneven scores cost: variance over mean (Mazziotta-Pareto, M·cv²).

    It is taken off where more is better (``mpi``) and put on where less is (``mpi_plus``). Over a
    mean below zero it would be a reward, and over zero nothing that can be told: raises Faulty.
    """
    wrong = (middle < 0) | ((middle == 0) & (variance > 0))
    if np.any(wrong):
        who = f" ({named[int(np.argmax(wrong))]})" if len(named) else ""
        text = f"unevenness needs a mean above zero{who}: use a scale such as 70 to 130"
        raise Faulty([Fault(code, "mean_not_positive", text)])
    out: Values = np.where(middle > 0, variance / middle, 0.0)
    return out
