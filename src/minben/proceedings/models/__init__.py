"""Tables of the proceedings; only this module imports them."""

from minben.proceedings.models.concepts import Concept
from minben.proceedings.models.questions import Question, QuestionVote
from minben.proceedings.models.transcripts import (
    Correction,
    Redaction,
    Speaker,
    Transcript,
    Turn,
)
from minben.proceedings.models.worksheets import SheetVersion, Worksheet

__all__ = [
    "Concept",
    "Correction",
    "Question",
    "QuestionVote",
    "Redaction",
    "SheetVersion",
    "Speaker",
    "Transcript",
    "Turn",
    "Worksheet",
]
