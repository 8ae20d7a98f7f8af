"""Pages of the indicators (指標頁面)."""
