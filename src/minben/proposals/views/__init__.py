"""Pages of proposals (提議網頁): lists, writing, and the proposal page with its acts."""
