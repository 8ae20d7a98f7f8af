"""What pages and the interface for programs say of runs and recipes (指標之呈現).

Everything here is computed from a run in memory; nothing asks the database.
"""
