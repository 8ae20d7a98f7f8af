"""What the spread of a result comes from (Sobol 敏感度指標): of the method's choices, which.

Sources: Saltelli et al. (2010), Variance based sensitivity analysis of model output, for the
first order; Jansen (1999), Analysis of variance designs for model output, for the total; the mean
shift in rank after Saisana, Saltelli, Tarantola (2005), Uncertainty and sensitivity analysis
techniques as tools for the quality assessment of composite indicators.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.many import Tree, of_period, rows_of
from minben.indicators.engine.robustness import Progress, at_once, ranked_in
from minben.indicators.engine.running import Run
from minben.indicators.engine.scenarios import OWN, Choices, Scenario, possible
from minben.indicators.engine.table import Mask, Table, Values

Model = Callable[[Values], Values]
SHIFT = "shift"


@dataclass(frozen=True, slots=True)
class Index:
    """How much of one output's variance one factor makes.

    Args:
        first: alone; `total`: with all it does together with others. NaN if nothing varies.
        first_low to total_high: 2.5th and 97.5th percentile over resamples.
    """

    factor: str
    output: str
    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float


def sobol(
    model: Model,
    factors: Mapping[str, Sequence[int]],
    outputs: Sequence[str],
    *,
    samples: int = 1024,
    seed: int = 1,
    resamples: int = 200,
    progress: Progress = lambda done, total: None,
) -> tuple[Index, ...]:
    """First-order and total indices of a model whose inputs are uniform between 0 and 1.

    Args:
        model: samples × columns of inputs to samples × outputs.
        factors: the columns of each; a factor of several columns is looked at as one.
        outputs: names of the model's outputs.
        samples: of each of the factors + 2 sets of inputs.
        resamples: of the bootstrap.
    """
    random = np.random.Generator(np.random.PCG64(seed))
    width = 1 + max(column for columns in factors.values() for column in columns)
    one, other = random.random((2, samples, width))
    total = samples * (len(factors) + 2)
    f_one, f_other = model(one), model(other)
    # A mean far from zero would only make the estimates of the first order noisier.
    middle = (f_one.mean(axis=0) + f_other.mean(axis=0)) / 2
    f_one, f_other = f_one - middle, f_other - middle
    again = random.integers(samples, size=(resamples, samples))
    spreads = np.stack([_variance(f_one[rows], f_other[rows]) for rows in again])
    out = []
    for number, (name, columns) in enumerate(factors.items(), start=3):
        mixed = one.copy()
        mixed[:, list(columns)] = other[:, list(columns)]
        f_mixed = model(mixed) - middle
        progress(samples * number, total)
        alone, along = f_other * (f_mixed - f_one), (f_one - f_mixed) ** 2 / 2
        whole = _variance(f_one, f_other)
        first, every = _shares(alone.mean(axis=0), whole), _shares(along.mean(axis=0), whole)
        counts = np.stack([np.bincount(rows, minlength=samples) for rows in again]) / samples
        some, all_ = _shares(counts @ alone, spreads), _shares(counts @ along, spreads)
        ends = [np.percentile(part, (2.5, 97.5), axis=0) for part in (some, all_)]
        for k, output in enumerate(outputs):
            (a, b), (c, d) = ends[0][:, k], ends[1][:, k]
            told = (first[k], a, b, every[k], c, d)
            out.append(Index(name, output, *(float(value) for value in told)))
    return tuple(out)


def _variance(one: Values, other: Values) -> Values:
    return np.asarray(np.var(np.concatenate([one, other]), axis=0))


def _shares(part: Values, whole: Values) -> Values:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(whole > 0, part / whole, np.nan))


@dataclass(frozen=True)
class Moved:
    """Sobol indices of ranks: of their mean shift against the run (``shift``) and of each unit's.

    Args:
        refused: choices left out because they cannot go with the others, and why.
    """

    indices: tuple[Index, ...]
    refused: tuple[str, ...]
    samples: int


def what_moves_ranks(
    made: Run,
    data: Table,
    result: str,
    *,
    period: str = "",
    samples: int = 512,
    seed: int = 1,
    spread: float = 0.25,
    choices: Choices | None = None,
    progress: Progress = lambda done, total: None,
) -> Moved:
    """What moves the ranks of a result: the weights of each group, and the ways of doing it.

    Args:
        choices: normalisations and aggregations; each is a factor if there are two or more. One
            that cannot go with all of the other kind is left out and told, for factors must be
            free of each other.
    """
    if not np.any(~np.isnan(made.rank[result][rows_of(made, period)])):
        raise Faulty([Fault(result, "nobody", "nobody is ranked")])
    ways, refused = _free(made, data, choices or Choices())
    ways = [(scenario, of_period(one, period, result)) for scenario, one in ways]
    made = of_period(made, period, result)
    mask = rows_of(made, period) & ~np.isnan(made.rank[result])
    model = _Ranks(made, result, ways, mask, spread)
    if not model.factors:
        raise Faulty([Fault(result, "no_factor", "has neither weights nor choices that can vary")])
    units = [made.table.units[row] for row in np.flatnonzero(mask)]
    found = sobol(
        model.outputs, model.factors, [SHIFT, *units], samples=samples, seed=seed, progress=progress
    )
    return Moved(found, refused, samples)


class _Ranks:
    """Ranks of a result as a model of inputs between 0 and 1: a column for each member's weight,
    then one for the normalisation and one for the mean."""

    def __init__(
        self,
        made: Run,
        result: str,
        ways: Sequence[tuple[Scenario, Run]],
        mask: Mask,
        spread: float,
    ) -> None:
        self.trees = {scenario: Tree(one, result) for scenario, one in ways}
        self.mask, self.spread, self.step = mask, spread, at_once(made)
        self.before = made.rank[result][mask]
        self.options = (
            list(dict.fromkeys(one.normalisation for one in self.trees)),
            list(dict.fromkeys(one.aggregation for one in self.trees)),
        )
        tree = next(iter(self.trees.values()))
        self.members = len(tree.members)
        self.factors: dict[str, Sequence[int]] = {
            f"weights of {code}": at for code, at in tree.at.items() if len(at) > 1
        }
        for k, name in enumerate(("normalisation", "aggregation")):
            if len(self.options[k]) > 1:
                self.factors[name] = (self.members + k,)

    def outputs(self, inputs: Values) -> Values:
        """The mean shift against the run, and every rank."""
        rank = self.ranks(inputs)
        return np.column_stack([np.abs(rank - self.before).mean(axis=1), rank])

    def ranks(self, inputs: Values) -> Values:
        """Samples × rows of ranks."""
        chosen = np.zeros((len(inputs), 2), dtype=np.int64)
        for k, options in enumerate(self.options):
            if inputs.shape[1] > self.members + k:
                share = inputs[:, self.members + k] * len(options)
                chosen[:, k] = np.minimum(share, len(options) - 1)
        weights = np.ones((len(inputs), self.members))
        drawn = inputs[:, : self.members]
        weights[:, : drawn.shape[1]] += self.spread * (2 * drawn - 1)
        out = np.empty((len(inputs), len(self.before)))
        for scenario, tree in self.trees.items():
            asked = [self.options[0].index(scenario.normalisation)]
            asked.append(self.options[1].index(scenario.aggregation))
            mine = np.flatnonzero((chosen == asked).all(axis=1))
            for start in range(0, len(mine), self.step):
                part = mine[start : start + self.step]
                scores = tree.published(tree.score(weights[part]))
                out[part] = ranked_in(tree.run, scores)[:, self.mask]
        # Whoever a draw withholds is counted as last: a rank must stand for every draw.
        return np.where(np.isnan(out), float(len(self.before)), out)


def _free(
    made: Run, data: Table, choices: Choices
) -> tuple[list[tuple[Scenario, Run]], tuple[str, ...]]:
    """Choices of which each goes with each: what fails most is left out until none fails."""
    ways, failed = possible(made, data, choices)
    refused = tuple(f"{one.told}: {why}" for one, why in failed)
    bad = [(one.normalisation, one.aggregation) for one, _ in failed]
    gone: set[tuple[int, str]] = set()
    while bad:
        culprits = [(k, pair[k]) for pair in bad for k in (0, 1) if pair[k] != OWN]
        if not culprits:
            raise Faulty([Fault(made.recipe.code, "no_choice", refused[0])])
        worst = max(culprits, key=lambda one: (culprits.count(one), -one[0], one[1]))
        gone.add(worst)
        bad = [pair for pair in bad if pair[worst[0]] != worst[1]]
    kept = [
        (one, run) for one, run in ways if not gone & {(0, one.normalisation), (1, one.aggregation)}
    ]
    return kept, refused


__all__ = ("SHIFT", "Index", "Moved", "sobol", "what_moves_ranks")
