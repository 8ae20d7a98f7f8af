"""Plain Python that every module stands on: time, terms, text, actors and refusals.

Nothing here imports Django or any third party.
"""
