"""What an import would bring (匯入規劃), before anything is written: every row with its unit and indicator.

`naming` finds units, `planning` makes the rows and gathers faults and remarks, `bundles` keeps
files between the preview and the import. Nothing here knows the database.
"""
