"""Pages about findings: for everybody, and for the staff of a case's agencies."""
