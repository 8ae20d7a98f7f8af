"""Pages of the staff desk (業務後臺): sources, imports, units, methods."""
