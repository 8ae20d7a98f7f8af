"""The append-only record (稽核紀錄) of every act, without foreign keys, so it outlives all else.

Typed event kinds are declared by each module in ``events.py``; those marked `timeline` are the
public history of a case.
"""
