"""Pages anybody may read (公開頁面): no sign-in, no JavaScript needed."""
