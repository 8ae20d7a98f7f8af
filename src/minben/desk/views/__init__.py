"""Pages of the staff desk (公務工作檯); they read through queries and write through actions."""
