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
Mean = Literal["arithmetic", "geometric", "harmonic", "mpi"]
Weighing = Literal["given", "equal", "pca", "entropy"]
Missing = Literal["skip", "withhold", "zero"]
Over = Literal["period", "panel"]


@dataclass(frozen=True, slots=True)
class Normalisation:
    """How values become comparable.

    Args:
        method: ``minmax`` and ``goalposts`` give `low_to` to `high_to`; ``zscore`` mean 0 and
            deviation 1; ``rank`` 1 for the worst; ``percentile`` the share that is no better;
            ``target`` the value over `high`, at most 1; ``none`` leaves them.
        over: whose extremes count, those of the period or of all periods.
        low, high: the goalposts; of ``target`` only `high`.
        log: goalposts and values in logarithms.
        cap: values beyond a goalpost count as the goalpost.
        low_to, high_to: the scale, such as 0 to 100 or 1 to 7.
    """

    method: Method = "minmax"
    over: Over = "period"
    low: float | None = None
    high: float | None = None
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
    most: int = 1

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

    most: int = 0
    skewness: float = 2.0
    kurtosis: float = 3.5
    then_log: bool = True

    @property
    def told(self) -> str:
        """The rule in a word or two, for the list of treated cells."""
        return f"|skewness| < {self.skewness:g} or kurtosis < {self.kurtosis:g}"


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


@dataclass(frozen=True, slots=True)
class Group:
    """A composite of indicators or of other groups (構面); one without parent is a result.

    Args:
        aggregation: of its own, or None for the recipe's.
        weighing: likewise.
        missing: likewise.
        normalisation: what is done with the composite itself; None leaves it.
    """

    code: str
    parent: str = ""
    weight: float = 1.0
    aggregation: Mean | None = None
    weighing: Weighing | None = None
    missing: Missing | None = None
    normalisation: Normalisation | None = None
    title: Mapping[str, str] = field(default_factory=dict)


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

    @cached_property
    def id(self) -> str:
        """SHA-256 of the document in canonical JSON, as hexadecimal digits."""
        return hashlib.sha256(canonical(self.document)).hexdigest()

    @cached_property
    def children(self) -> dict[str, tuple[Indicator | Group, ...]]:
        """The members of each group, in the order of the document."""
        members: tuple[Indicator | Group, ...] = (*self.indicators, *self.groups)
        return {
            group.code: tuple(one for one in members if one.parent == group.code)
            for group in self.groups
        }

    @cached_property
    def upward(self) -> tuple[Group, ...]:
        """The groups, each after all its members."""
        done: list[Group] = []
        by_code = {group.code: group for group in self.groups}

        def visit(group: Group) -> None:
            for child in self.children[group.code]:
                if isinstance(child, Group) and by_code[child.code] not in done:
                    visit(child)
            if group not in done:
                done.append(group)

        for group in self.groups:
            visit(group)
        return tuple(done)

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
        return (self.imputation.group,) if self.imputation.group else ()


def canonical(document: object) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8: one form for one content."""
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()
