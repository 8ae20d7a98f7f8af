"""What an import did, file by file (匯入報告), for people and for machines."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from minben.proposals.archive.faults import Reject

LISTED_MAX = 1000  # faults listed one by one; the rest is counted


@dataclass(slots=True)
class FileReport:
    """One file: how many records were read, and what became of them.

    Args:
        kind: proposals, endorsements or unknown.
        seconds: spent on this file, settling included.
    """

    name: str
    kind: str = "unknown"
    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    seconds: float = 0.0
    rejected_total: int = 0
    rejected: list[Reject] = field(default_factory=list)
    remarks_total: int = 0
    remarks: list[Reject] = field(default_factory=list)

    def reject(self, faults: Iterable[Reject]) -> None:
        """Count faults, and list them while there is room."""
        for fault in faults:
            self.rejected_total += 1
            if len(self.rejected) < LISTED_MAX:
                self.rejected.append(fault)

    def remark(self, remarks: Iterable[Reject]) -> None:
        """Count remarks, and list them while there is room."""
        for remark in remarks:
            self.remarks_total += 1
            if len(self.remarks) < LISTED_MAX:
                self.remarks.append(remark)

    def as_dict(self) -> dict[str, object]:
        """JSON-ready."""
        return {
            "name": self.name,
            "kind": self.kind,
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected_total": self.rejected_total,
            "rejected": [fault.as_dict() for fault in self.rejected],
            "remarks_total": self.remarks_total,
            "remarks": [remark.as_dict() for remark in self.remarks],
            **_pace(self.read, self.seconds),
        }


@dataclass(slots=True)
class ImportReport:
    """A whole import.

    Args:
        by_outcome: how many proposals were read by the state they stand in.
    """

    files: list[FileReport] = field(default_factory=list)
    by_outcome: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def read(self) -> int:
        """Records read in all files."""
        return sum(file.read for file in self.files)

    @property
    def rejected(self) -> int:
        """Lines rejected in all files."""
        return sum(file.rejected_total for file in self.files)

    @property
    def exit_code(self) -> int:
        """0: all taken; 3: some lines were rejected; 1: nothing could be read."""
        if self.read == 0:
            return 1
        return 3 if self.rejected else 0

    def as_dict(self) -> dict[str, object]:
        """JSON-ready."""
        return {
            "files": [file.as_dict() for file in self.files],
            "by_outcome": dict(self.by_outcome),
            **_pace(self.read, self.seconds),
        }


def _pace(rows: int, seconds: float) -> dict[str, object]:
    return {
        "seconds": round(seconds, 2),
        "rows_per_second": round(rows / seconds) if seconds else None,
    }
