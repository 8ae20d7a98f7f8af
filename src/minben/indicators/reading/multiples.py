"""Multiples of units (計量單位倍數): numbers in thousands and in millions are not one column."""

from dataclasses import dataclass, field

from minben.indicators.engine.faults import Fault
from minben.indicators.reading.stated import Gathered, Variable


@dataclass
class Multiples:
    """Notes what an indicator is measured in, and a fault where it changes on the way."""

    into: Gathered
    first: dict[str, tuple[str, str]] = field(default_factory=dict)

    def note(self, where: str, indicator: str, multiple: str, measured: str) -> None:
        """Note one observation's multiple (a power of ten) and unit of measurement."""
        told = (multiple or "0", measured)
        before = self.first.setdefault(indicator, told)
        if before != told:
            text = f"is told in {_words(*told)}, {indicator} before in {_words(*before)}"
            self.into.faults.append(Fault(where, "measures_mixed", text))
        elif indicator not in self.into.said:
            measure = "" if told == ("0", "") else _words(*told)
            self.into.said[indicator] = Variable(indicator, "number", measure=measure)


def _words(multiple: str, measured: str) -> str:
    factor = "" if multiple == "0" else f"10^{multiple}"
    return " ".join(filter(None, (factor, measured))) or "ones"
