"""Sample surveys (抽樣調查): estimates with their errors, and comparisons that do not mislead.

Source: the standard theory of design-based inference (Cochran; Särndal et al.); checked against
the published outputs of R's ``survey`` for the California schools.
"""
