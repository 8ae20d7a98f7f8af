"""Pages of the portal (入口網頁): the first page, one's own page, and what the platform says of itself."""
