"""A recipe (計算方法): what a composite index is made of, and how, as one document.

Its identity is the hash of its contents: a method that changes is another recipe. `read` refuses
a document whole and says everything that is wrong with it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

FORMAT = "minben-recipe-1"
Method = Literal["minmax", "goalposts", "zscore", "rank", "percentile", "target", "none"]
Mean = Literal["arithmetic", "geometric", "harmonic", "mpi", "mpi_plus"]
Weighing = Literal["given", "equal", "pca", "entropy", "bod"]
Ties = Literal["min", "dense", "average"]
Missing = Literal["skip", "withhold", "zero"]
Over = Literal["period", "panel"]


def between(default: float, least: float, most: float) -> Any:
    """A field with the range its value must be in. Any: a dataclass field stands for its value."""
    return field(default=default, metadata={"range": (least, most)})


@dataclass(frozen=True, slots=True)
class Normalisation:
    """How values become comparable.

    Args:
        method: ``minmax`` and ``goalposts`` give `low_to` to `high_to`; ``zscore`` gives the mean
            `low_to` and a deviation above it `high_to`, so that as a rule the mean is 0 and the
            deviation 1; ``rank`` 1 for the worst; ``percentile`` the share that is no better;
            ``target`` the value over `high`, at most 1; ``none`` leaves them.
        over: whose extremes count, those of the period or of all periods.
        low, high: the goalposts; of ``target`` only `high`.
        reference: of ``minmax``, the value that gets the middle of the scale, which stays as wide
            as the extremes are apart: 70 to 130 with a reference is the scale of the adjusted
            Mazziotta-Pareto index (2016), where 100 is the reference.
        log: goalposts and values in logarithms.
        cap: values beyond a goalpost count as the goalpost.
        low_to, high_to: the scale, such as 0 to 100 or 1 to 7.
    """

    method: Method = "minmax"
    over: Over = "period"
    low: float | None = None
    high: float | None = None
    reference: float | None = None
    log: bool = False
    cap: bool = True
    low_to: float = 0.0
    high_to: float = 1.0


@dataclass(frozen=True, slots=True)
class Imputation:
    """How missing values are filled: ``none``, ``middle`` of the period or of a group, ``carry``.

    Args:
        middle: ``mean`` or ``median``.
        group: a text column; empty for all units.
        most: periods a value is carried on at most.
    """

    method: Literal["none", "middle", "carry"] = "none"
    middle: Literal["mean", "median"] = "mean"
    group: str = ""
    most: int = between(1, 0, 1000)

    @property
    def told(self) -> str:
        """The rule in a word or two, for the list of filled cells."""
        if self.method == "carry":
            return f"carried on at most {self.most}"
        return f"{self.middle} of {self.group or 'all'}"


@dataclass(frozen=True, slots=True)
class Treatment:
    """When a column has outliers, and what becomes of them; `most` 0 leaves everything.

    Args:
        most: points winsorised at most.
        skewness, kurtosis: a column passes below either.
        then_log: whether a logarithm follows where winsorising did not help.
    """

    most: int = between(0, 0, 1000)
    skewness: float = 2.0
    kurtosis: float = 3.5
    then_log: bool = True

    @property
    def told(self) -> str:
        """The rule in a word or two, for the list of treated cells."""
        return f"|skewness| < {self.skewness:g} or kurtosis < {self.kurtosis:g}"


@dataclass(frozen=True, slots=True)
class Units:
    """Who is counted: all, those listed, or those whose text column says `equals`.

    Args:
        only: codes; none for everybody.
        label: a text column; empty for everybody.
        equals: what it must say.
    """

    only: tuple[str, ...] = ()
    label: str = ""
    equals: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """Which period a value may come from.

    Args:
        rule: ``each`` leaves every period to itself; ``latest`` makes one period of all, with the
            latest value of each unit and column.
        target: the period that is made; empty for the last one there is.
        most_back: how much older than the target a value may be: in years where periods are
            years, else in periods of the data.
    """

    rule: Literal["each", "latest"] = "each"
    target: str = ""
    most_back: int = between(0, 0, 1000)


@dataclass(frozen=True, slots=True)
class Screen:
    """Whom too little is known of to be compared.

    Args:
        available: least share of indicators with a value.
        zeros: greatest share of a unit's values that may be zero.
    """

    available: float = between(0.0, 0, 1)
    zeros: float = between(1.0, 0, 1)


@dataclass(frozen=True, slots=True)
class Share:
    """Bounds of what a member may contribute to a benefit-of-the-doubt score, as a share of it."""

    low: float = between(0.0, 0, 1)
    high: float = between(1.0, 0, 1)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A column of the data, and its place (指標).

    Args:
        code: name of the column.
        parent: group it counts in.
        weight: beside its siblings.
        direction: 1 if more is better, -1 if less is.
        denominator: column it is divided by first; empty for none.
        normalisation: of its own, or None for the recipe's.
        dimension: of life or of government it belongs to, for pictures; it counts for nothing.
        share: bounds of its contribution under ``bod``, or None for the recipe's.
        definition, measure, source: what is counted, in what, and by whom; for the page of the
            method. `unit` is the short form of `measure`.
    """

    code: str
    parent: str
    weight: float = 1.0
    direction: int = 1
    denominator: str = ""
    normalisation: Normalisation | None = None
    title: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    dimension: str = ""
    share: Share | None = None
    definition: Mapping[str, str] = field(default_factory=dict)
    measure: Mapping[str, str] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A composite of indicators or of other groups (構面); one without parent is a result.

    Args:
        aggregation: of its own, or None for the recipe's.
        weighing: likewise.
        missing: likewise.
        normalisation: what is done with the composite itself; None leaves it.
        share, definition: as of an indicator.
    """

    code: str
    parent: str = ""
    weight: float = 1.0
    aggregation: Mean | None = None
    weighing: Weighing | None = None
    missing: Missing | None = None
    normalisation: Normalisation | None = None
    title: Mapping[str, str] = field(default_factory=dict)
    share: Share | None = None
    definition: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Override:
    """A published score that the method does not give, with the reason the publisher has."""

    unit: str
    period: str
    code: str
    value: float | None
    reason: str


@dataclass(frozen=True)
class Recipe:
    """A whole method. `document` is what was read; all else is it, typed.

    Args:
        coverage: least share of indicators, by weight, that must be observed; below it a
            composite is withheld.
        decimals: of published scores, which are what is ranked; None ranks them unrounded.
        share: bounds of every member's contribution under ``bod``.
        ties: equal scores share the better rank and leave the next ones out (``min``: 1, 2, 2, 4),
            leave none out (``dense``: 1, 2, 2, 3) or share the middle (``average``).
    """

    document: Mapping[str, Any] = field(repr=False)
    code: str
    indicators: tuple[Indicator, ...]
    groups: tuple[Group, ...]
    normalisation: Normalisation
    imputation: Imputation
    treatment: Treatment
    aggregation: Mean
    weighing: Weighing
    missing: Missing
    coverage: float
    decimals: int | None
    overrides: tuple[Override, ...]
    units: Units = Units()
    period: Period = Period()
    screen: Screen = Screen()
    share: Share = Share()
    ties: Ties = "min"

    @cached_property
    def id(self) -> str:
        """SHA-256 of the document in canonical JSON, as hexadecimal digits."""
        return hashlib.sha256(canonical(self.document)).hexdigest()

    @cached_property
    def children(self) -> dict[str, tuple[Indicator | Group, ...]]:
        """The members of each group, in the order of the document."""
        found: dict[str, list[Indicator | Group]] = {group.code: [] for group in self.groups}
        members: tuple[Indicator | Group, ...] = (*self.indicators, *self.groups)
        for one in members:
            if one.parent in found:
                found[one.parent].append(one)
        return {code: tuple(members) for code, members in found.items()}

    @cached_property
    def upward(self) -> tuple[Group, ...]:
        """The groups, each after all its members."""
        done: dict[str, Group] = {}

        def visit(group: Group) -> None:
            for child in self.children[group.code]:
                if isinstance(child, Group) and child.code not in done:
                    visit(child)
            done.setdefault(group.code, group)

        for group in self.groups:
            visit(group)
        return tuple(done.values())

    def under(self, code: str) -> tuple[Group, ...]:
        """The groups a group is made of, itself the last, each after all its members."""
        wanted = {code}
        for group in reversed(self.upward):
            if group.parent in wanted:
                wanted.add(group.code)
        return tuple(group for group in self.upward if group.code in wanted)

    @property
    def results(self) -> tuple[str, ...]:
        """Codes of the groups that belong to no other."""
        return tuple(group.code for group in self.groups if not group.parent)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of numbers the data must have."""
        needed = [one.code for one in self.indicators]
        needed += [one.denominator for one in self.indicators if one.denominator]
        return tuple(dict.fromkeys(needed))

    @property
    def labels(self) -> tuple[str, ...]:
        """The columns of texts the data must have."""
        return tuple(one for one in dict.fromkeys((self.imputation.group, self.units.label)) if one)

    def rules(self, group: Group) -> tuple[Mean, Weighing, Missing]:
        """How a group is aggregated, weighed, and what it does without a member."""
        return (
            group.aggregation or self.aggregation,
            group.weighing or self.weighing,
            group.missing or self.missing,
        )


def canonical(document: object) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8: one form for one content."""
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()
