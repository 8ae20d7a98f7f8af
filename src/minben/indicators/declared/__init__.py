"""What somebody declares to the registry (登錄申報): sources, units, indicators, as plain values.

`documents` reads one JSON document, `sheets` a table; both check every field by `fields` and give
`drafts`. Nothing here knows the database.
"""
