"""Skewness and kurtosis of a sample, as COINr and SAS tell them (偏態、峰態)."""

import numpy as np

from minben.indicators.engine.table import Values

LEAST = 4  # values: with fewer, kurtosis is not defined


def present(values: Values) -> Values:
    """What is there."""
    return values[~np.isnan(values)]


def skewness(values: Values) -> float:
    """Adjusted Fisher-Pearson skewness G1; 0 where all are alike or there are too few."""
    seen = present(values)
    n = len(seen)
    if n < LEAST or np.all(seen == seen[0]):
        return 0.0
    off = seen - seen.mean()
    ratio = (off**3).mean() / (off**2).mean() ** 1.5
    return float(ratio * np.sqrt(n * (n - 1)) / (n - 2))


def kurtosis(values: Values) -> float:
    """Excess kurtosis G2, unbiased for normal samples; 0 where all are alike or too few."""
    seen = present(values)
    n = len(seen)
    if n < LEAST or np.all(seen == seen[0]):
        return 0.0
    off = seen - seen.mean()
    excess = (off**4).mean() / (off**2).mean() ** 2 - 3
    return float((n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * excess + 6))
