"""Terms of a case after it reached that older rule sets do not state (成案後之期間). Pure.

A rule set may state them in a table ``duties``, the extension at least, which was the first of them;
what else it leaves out follows `DUTIES_DEFAULT`. So does one without the table, as all that were
made before there was one: its document stays what it is, to the byte, and so does what its digest
and the public ledger say of it.

Days are calendar days and do not roll, as the practice says "by day 7" and as the two months of the
answer do not roll either (ADR 0031).

Basis: 公共政策網路參與實施要點 and the practice of its administration, as each term says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from minben.kernel.periods import Starts, Term, TermError, Unit


@dataclass(frozen=True, slots=True)
class Duties:
    """The terms.

    Args:
        extension: how much later than first due an answer may come when it is extended, once. It
            is counted from the due instant, which is the midnight after the last day: so that
            day is its first.
        handling_plan: from reaching to the published plan and time table (處理規劃).
        contact: from reaching to the first contact with the proposer, to clarify what is asked
            (與提議者聯繫).
        study_return: from an answer "under study", and from each report on it, to the next
            report (納入研議定期回報).
    """

    extension: Term
    handling_plan: Term
    contact: Term
    study_return: Term

    @classmethod
    def from_mapping(cls, data: object) -> "Duties":
        """Read the table of a rule set. Raises TermError naming the first fault."""
        names = {field.name for field in fields(cls)}
        if not isinstance(data, Mapping):
            raise TermError("duties must be a table")
        told = {str(key) for key in data}
        if faults := sorted((told - names) | ({"extension"} - told)):
            raise TermError(f"duties: missing or unknown: {', '.join(faults)}")
        return replace(DUTIES_DEFAULT, **{name: _term(name, data[name]) for name in told})


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
    ),
    handling_plan=Term(
        Unit.DAY,
        7,
        basis="公共政策網路參與實施要點成案後標準處理程序（國家發展委員會105年12月27日說明）："
        "成案後第7日前公布處理方式及時程",
    ),
    contact=Term(
        Unit.DAY,
        10,
        basis="公共政策網路參與實施要點成案後標準處理程序（國家發展委員會105年12月27日說明）："
        "成案後第10日前與提議者聯繫，釐清訴求",
    ),
    study_return=Term(
        Unit.MONTH,
        6,
        basis="參採情形填報作業（國家發展委員會107年12月3日說明）："
        "納入研議者，每六個月回報辦理情形至結案",
    ),
)


def duties_in(parameters: Mapping[str, object]) -> Duties:
    """The duties the parameters of a rule set state, or the default. Raises TermError."""
    return Duties.from_mapping(parameters["duties"]) if "duties" in parameters else DUTIES_DEFAULT
