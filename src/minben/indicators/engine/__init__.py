"""The mathematics of composite indices (綜合指數之計算): plain Python and numpy, no database."""
