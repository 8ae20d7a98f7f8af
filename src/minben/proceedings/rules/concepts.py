"""Concept sheets of the groups (概念發展單): what each field may hold. Pure.

Basis: practice of the collaboration meetings: groups of five to eight with a table host each write
down a problem, an idea, who it needs, and the first step.
"""

from typing import Final

GROUPS_MOST: Final = 20
SHEETS_MOST: Final = 60  # of one meeting
LIMITS: Final = {
    "title": (1, 60),
    "problem": (1, 600),
    "idea": (1, 1000),
    "who": (0, 300),
    "first_step": (0, 300),
    "open_questions": (0, 600),
}
"""Least and most characters of each field."""
