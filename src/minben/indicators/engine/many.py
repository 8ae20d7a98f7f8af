"""The means of a run taken again with thousands of other weights (多組權重之重算), all at once.

What is imputed, treated and normalised does not change with weights and is taken from the run.
Everything above the indicators is computed again as `running` does it: means, missing members,
coverage, scales of groups, overrides, rounding. Numbers agree with it to the last few bits.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from minben.indicators.engine.averaging import unbalance
from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.recipe import Group, Mean, Normalisation
from minben.indicators.engine.running import Run, overridden, rounded
from minben.indicators.engine.table import Mask, Values

TINY = 1e-200
FAR = 1e300  # stands for what a zero is under a logarithm or a fraction, times any weight


def dot(weight: Values, scores: Values) -> Values:
    """Draws × rows of weighted sums, from draws × members and (draws ×) rows × members."""
    if scores.ndim == 2:
        return np.asarray(weight @ scores.T)
    return np.asarray(np.matmul(scores, weight[:, :, None])[..., 0])


def means(code: str, rule: Mean, scores: Values, weight: Values) -> Values:
    """Draws × rows of means over what each row has; the same as `averaging.mean` draw by draw.

    Args:
        scores: rows × members, or draws × rows × members.
        weight: draws × members.

    Raises:
        Faulty: a geometric or harmonic mean of something negative; unevenness beside a mean that
            is not above zero.
    """
    there = ~np.isnan(scores)
    known = np.where(there, scores, 0.0)
    total = dot(weight, there.astype(np.float64))
    if rule in ("geometric", "harmonic") and np.any(known < 0):
        text = f"the {rule} mean of a negative score does not exist"
        raise Faulty([Fault(code, "mean_negative", text)])
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        if rule == "geometric":
            logs = np.where(there, np.log(np.where(known > 0, known, 1.0)), 0.0)
            out = np.exp(dot(weight, np.where(there & (known == 0), -FAR, logs)) / total)
        elif rule == "harmonic":
            parts = np.where(there, 1 / np.where(known > 0, known, 1.0), 0.0)
            under = dot(weight, np.where(there & (known == 0), FAR, parts))
            out = np.where(under > 1 / TINY, 0.0, total / under)
        else:
            out = dot(weight, known) / total
            if rule in ("mpi", "mpi_plus"):
                off = np.where(there, known - out[:, :, None], 0.0) ** 2
                cost = unbalance(code, dot(weight, off) / total, out)
                out = out - cost if rule == "mpi" else out + cost
    return np.where(total > 0, out, np.nan)


def of_period(run: Run, period: str, result: str) -> Run:
    """The rows of one period of a run, with the scores and ranks they have in the whole.

    All rows stay where a group of the result has a scale over all periods: it needs them.

    Raises:
        Faulty: the period is not there.
    """
    mask = rows_of(run, period)
    for group in run.recipe.under(result):
        if group.normalisation and group.normalisation.over == "panel":
            return run
    at = [int(row) for row in np.flatnonzero(mask)]
    place = {row: n for n, row in enumerate(at)}

    def part(values: Mapping[str, Values]) -> dict[str, Values]:
        return {code: column[at] for code, column in values.items()}

    return replace(
        run,
        table=run.table.rows(at),
        scores=part(run.scores),
        published=part(run.published),
        coverage=part(run.coverage),
        rank=part(run.rank),
        ranked=part(run.ranked),
        own_weights=part(run.own_weights),
        withheld={
            code: tuple(place[row] for row in found if row in place)
            for code, found in run.withheld.items()
        },
    )


def rows_of(run: Run, period: str) -> Mask:
    """The rows of a period. Raises Faulty for one that is not there."""
    if period not in run.table.by_period:
        text = f"is not there; {periods_of(run)}"
        raise Faulty([Fault(period or "period", "no_period", text)])
    return run.table.by_period[period]


def periods_of(run: Run) -> str:
    """Which periods a run has, in words."""
    known = [one for one in run.table.by_period if one]
    return f"there is {', '.join(known[-8:])}" if known else "the run has no periods: name none"


@dataclass(frozen=True)
class Rows:
    """Rows that are scored together.

    Args:
        leaves: scores of the indicators, rows or draws × rows.
        observed: 1 where an indicator was observed, per row.
        periods: the rows of each period.
    """

    leaves: Mapping[str, Values]
    observed: Mapping[str, Values]
    periods: Mapping[str, Mask]


class Tree:
    """The groups a result of a run is made of, ready to be taken again with other weights.

    Raises:
        Faulty: weights were chosen for each unit by a linear programme, or a group is ranked
            before it is aggregated; neither can be drawn.
    """

    def __init__(self, run: Run, result: str) -> None:
        self.run, self.result, recipe = run, result, run.recipe
        self.members = [*(i.code for i in recipe.indicators), *(g.code for g in recipe.groups)]
        place = {code: n for n, code in enumerate(self.members)}
        self.at = {
            group.code: [place[one.code] for one in recipe.children[group.code]]
            for group in recipe.under(result)
        }
        for group in recipe.under(result):
            self._refuse(group)
        self.rows = Rows(
            leaves={one.code: run.scores[one.code] for one in recipe.indicators},
            observed={one.code: run.coverage[one.code] for one in recipe.indicators},
            periods=run.table.by_period,
        )
        self.fitted: dict[tuple[str, str], tuple[Values, Values]] = {}

    def _refuse(self, group: Group) -> None:
        if group.code in self.run.own_weights:
            text = "its weights are chosen for each unit: there are none to draw"
            raise Faulty([Fault(group.code, "bod_draws", text)])
        if group.normalisation and group.normalisation.method in ("rank", "percentile"):
            text = f"is turned into a {group.normalisation.method} on the way: not drawn here"
            raise Faulty([Fault(group.code, "rank_draws", text)])

    def score(self, factors: Values, rows: Rows | None = None) -> Values:
        """Draws × rows: the unrounded scores of the result with every weight times its factor.

        Args:
            factors: draws × members, in the order of `members`.
            rows: others than the run's, to be scored by the scales which the last call without
                `rows` gave with the same factors.
        """
        recipe, own = self.run.recipe, rows is None
        rows = rows or self.rows
        scores, covered = dict(rows.leaves), dict(rows.observed)
        for group in recipe.under(self.result):
            members = [one.code for one in recipe.children[group.code]]
            weight = self.run.weights[group.code] * factors[:, self.at[group.code]]
            weight = weight / weight.sum(axis=1, keepdims=True)
            columns = _stacked([scores[code] for code in members])
            mean, _, missing = recipe.rules(group)
            out = means(group.code, mean, columns, weight)
            if missing != "skip":
                lacking = np.isnan(columns).any(axis=-1)
                out = np.where(
                    lacking & ~np.isnan(out), np.nan if missing == "withhold" else 0.0, out
                )
            share = dot(weight, _stacked([covered[code] for code in members]))
            out = np.where(share < recipe.coverage - 1e-9, np.nan, out)
            if group.normalisation:
                out = self._scaled(group.code, group.normalisation, out, rows.periods, fit=own)
            scores[group.code], covered[group.code] = out, share
        return scores[self.result]

    def published(self, scores: Values) -> Values:
        """Scores of the run's own rows as they would be published: overridden and rounded."""
        recipe, table = self.run.recipe, self.run.table
        for one in recipe.overrides:
            if one.code == self.result:
                mask = overridden(table, one)
                scores = np.where(mask, np.nan if one.value is None else one.value, scores)
        return rounded(scores, recipe.decimals)

    def _scaled(
        self,
        code: str,
        rule: Normalisation,
        scores: Values,
        periods: Mapping[str, Mask],
        *,
        fit: bool,
    ) -> Values:
        """A group's scores on its scale, fitted anew in each draw."""
        out = np.full(scores.shape, np.nan)
        whole = rule.over == "panel"
        for period, mask in ({"": np.ones(scores.shape[1], bool)} if whole else periods).items():
            if fit:
                self.fitted[code, period] = _ends(code, rule, scores[:, mask])
            low, high = self.fitted[code, period]
            out[:, mask] = _between(rule, scores[:, mask], low, high)
        return out


def _stacked(columns: list[Values]) -> Values:
    """Members as the last axis; rows without draws beside rows with draws get them."""
    return np.stack(np.broadcast_arrays(*columns), axis=-1)


def _ends(code: str, rule: Normalisation, scores: Values) -> tuple[Values, Values]:
    """What a scale is fitted to, in each draw: draws × 1 each."""
    draws = np.ones((len(scores), 1))
    if rule.method == "goalposts":
        return draws * (rule.low or 0.0), draws * (rule.high or 0.0)
    if rule.method in ("target", "none"):
        return draws * 0.0, draws * (rule.high or 1.0)
    with np.errstate(invalid="ignore"):
        if rule.method == "zscore":
            middle = np.nanmean(scores, axis=1, keepdims=True)
            return middle, middle + np.nanstd(scores, axis=1, ddof=1, keepdims=True)
        low = np.nanmin(scores, axis=1, keepdims=True)
        high = np.nanmax(scores, axis=1, keepdims=True)
    if np.any(low == high):
        raise Faulty([Fault(code, "no_variance", "all its scores are alike in a draw")])
    if rule.reference is not None:
        half = (high - low) / 2
        return rule.reference - half, rule.reference + half
    return low, high


def _between(rule: Normalisation, values: Values, low: Values, high: Values) -> Values:
    if rule.method == "none":
        return values
    if rule.method == "target":
        return np.minimum(values / high, 1.0)
    if rule.method == "goalposts" and rule.cap:
        values = np.clip(values, low, high)
    if rule.log:
        values, low, high = np.log(values), np.log(low), np.log(high)
    return rule.low_to + (values - low) / (high - low) * (rule.high_to - rule.low_to)
