"""The beta distribution and Student's t (貝他分布、t 分布): as much as intervals need.

The incomplete beta function by its continued fraction (Abramowitz and Stegun 26.5.8, evaluated
after Lentz); quantiles by halving, which is slow and cannot miss.
"""

from math import exp, inf, lgamma, log, log1p, sqrt

TINY, CLOSE, MOST = 1e-300, 1e-15, 10_000


def beta_cdf(x: float, a: float, b: float) -> float:
    """The share of Beta(a, b) up to `x`. Raises ValueError unless a and b are above zero."""
    if not (a > 0 and b > 0):
        raise ValueError("a and b must be above zero")
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):  # where the fraction would converge slowly
        return 1 - beta_cdf(1 - x, b, a)
    front = lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)
    return exp(front) / a / _fraction(x, a, b)


def _fraction(x: float, a: float, b: float) -> float:
    """1 + d1/(1 + d2/(1 + …)): its inverse is what the front is multiplied with."""
    value = c = 1.0
    d = 0.0
    for m in range(1, MOST):
        k = m // 2
        if m % 2:
            term = -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1))
        else:
            term = k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k))
        d = 1 / ((1 + term * d) or TINY)
        c = (1 + term / c) or TINY
        value *= c * d
        if abs(c * d - 1) < CLOSE:
            break
    return value


def beta_quantile(share: float, a: float, b: float) -> float:
    """Where `share` of Beta(a, b) lies below; its ends for 0 and 1."""
    if not 0 <= share <= 1:
        raise ValueError("a share is between 0 and 1")
    low, high = 0.0, 1.0
    while high - low > CLOSE * max(high, TINY):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if beta_cdf(middle, a, b) < share else (low, middle)
    return (low + high) / 2


def t_quantile(share: float, degrees: float) -> float:
    """Where `share` of Student's t lies below."""
    if degrees == inf:
        raise ValueError("infinitely many degrees are the normal distribution")
    if share == 0.5:
        return 0.0
    tail = 2 * min(share, 1 - share)
    x = beta_quantile(tail, degrees / 2, 0.5)
    size = sqrt(degrees * (1 - x) / x)
    return size if share > 0.5 else -size
