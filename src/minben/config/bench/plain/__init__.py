"""A deliberately plain endorsement (樸素對照): what a tutorial would write, on tables of its own."""
