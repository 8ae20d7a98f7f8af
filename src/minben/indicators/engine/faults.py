"""What is wrong with a recipe or with data: where, and why."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault.

    Args:
        where: a place in a document (``groups[3].parent``) or in a file (``line 7, column gdp``).
        code: stable, for tests and translations.
        text: one sentence, with what would be right where that can be said.
    """

    where: str
    code: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


class Faulty(ValueError):
    """Something was refused whole; `faults` says everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
