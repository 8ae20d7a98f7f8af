"""Terms of a case after it reached that older rule sets do not state (成案後之期間). Pure.

A rule set may state them in a table ``duties``; then it states all of them. One without the table,
as all that were made before there was one, follows `DUTIES_DEFAULT`: its document stays what it
is, to the byte, and so does what its digest and the public ledger say of it.

Basis: 公共政策網路參與實施要點 and the practice of its administration, as each term says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

from minben.kernel.periods import Starts, Term, TermError, Unit


@dataclass(frozen=True, slots=True)
class Duties:
    """The terms.

    Args:
        extension: how much later than first due an answer may come when it is extended, once. It
            is counted from the due instant, which is the midnight after the last day: so that
            day is its first.
    """

    extension: Term

    @classmethod
    def from_mapping(cls, data: object) -> Self:
        """Read the table of a rule set. Raises TermError naming the first fault."""
        names = [field.name for field in fields(cls)]
        if not isinstance(data, Mapping):
            raise TermError("duties must be a table")
        if faults := sorted(set(names) ^ {str(key) for key in data}):
            raise TermError(f"duties: missing or unknown: {', '.join(faults)}")
        return cls(**{name: _term(name, data[name]) for name in names})


def _term(name: str, value: object) -> Term:
    if not isinstance(value, Mapping):
        raise TermError(f"duties: {name} must be a table")
    try:
        return Term.from_mapping(value)
    except ValueError as error:
        raise TermError(f"duties: {name}: {error}") from None


DUTIES_DEFAULT = Duties(
    extension=Term(
        Unit.MONTH,
        2,
        starts=Starts.SAME_DAY,
        basis="公共政策網路參與實施要點（106年6月16日院授發資字第1061500893號函）："
        "必要時得延長，以二個月為限，並公布理由",
    )
)


def duties_in(parameters: Mapping[str, object]) -> Duties:
    """The duties the parameters of a rule set state, or the default. Raises TermError."""
    return Duties.from_mapping(parameters["duties"]) if "duties" in parameters else DUTIES_DEFAULT
