"""Pictures of a run (計算結果之圖): what the run says, handed to the drawing.

`names` gives units their names in the reader's language; a picture without it shows codes. Two
pictures in one page need two `ids`.
"""

from minben.indicators.drawing.comparing import importance_of, shifts_of, waves_of
from minben.indicators.drawing.placed import marked_own, own_name, placed_of
from minben.indicators.drawing.places import bars_of, map_of
from minben.indicators.drawing.sensitivity import factor_title, sensitivity_of
from minben.indicators.drawing.series import observed, trend_of
from minben.indicators.drawing.unit import profile_of, standings_of, wheel_of
from minben.indicators.drawing.universe import DRAWS, intervals_figure, quadrant_of, ranks_of
from minben.indicators.figures.svg import Figure, Language

__all__ = (
    "DRAWS",
    "Figure",
    "Language",
    "bars_of",
    "factor_title",
    "importance_of",
    "intervals_figure",
    "map_of",
    "marked_own",
    "observed",
    "own_name",
    "placed_of",
    "profile_of",
    "quadrant_of",
    "ranks_of",
    "sensitivity_of",
    "shifts_of",
    "standings_of",
    "trend_of",
    "waves_of",
    "wheel_of",
)
