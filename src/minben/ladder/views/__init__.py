"""Pages about the ladder: for everybody, and for the staff of a case's agencies."""
