"""Pages of what is said and drawn."""
