"""The public shell (公開網站): home, lists, "my page", feeds, explanations."""
