"""A refusal (不予受理之理由): why an act is not done, as a value and never as bare text.

The code is looked up in the catalogue of the module that refuses, which gives the sentence in
the reader's language and the HTTP status. `basis` names the clause the refusal rests on.
"""

from typing import Any


class Refusal(Exception):
    """An act was refused.

    Args:
        code: catalogue code such as ``"endorsed_already"``.
        basis: the clause or rule it rests on; empty for plain input errors.
        field: the form field the sentence belongs beside, if any.
        params: values for the sentence.
    """

    def __init__(
        self, code: str, *, basis: str = "", field: str | None = None, **params: Any
    ) -> None:
        super().__init__(code)
        self.code = code
        self.basis = basis
        self.field = field
        self.params = params

    def __str__(self) -> str:
        return f"{self.code} {self.params}" if self.params else self.code
