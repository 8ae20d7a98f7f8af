"""What staff type of sources, units, imports and methods (登錄表單)."""
