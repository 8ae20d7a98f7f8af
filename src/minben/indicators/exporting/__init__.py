"""Writing numbers for others to use (匯出): CSV, data package, JSON-stat, SDMX-CSV, citations.

Pure functions from a `Dataset` to bytes; equal input gives equal bytes. What a source does not let
be passed on is left out before, where the dataset is made, and the dataset says so.
"""
