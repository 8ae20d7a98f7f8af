"""Indicators and composite indices (指標、綜合指數) that anyone can compute again.

Source: OECD/JRC, Handbook on Constructing Composite Indicators (2008): the steps and their names;
the course-book's 數位福祉指標 and 電子化政府發展指數. A recipe is a document, never code; a run is
told by what it was made from, and another machine makes the same.
"""
