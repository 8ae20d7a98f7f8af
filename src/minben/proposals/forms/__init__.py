"""Forms of proposals (提議表單): what is typed, before an action judges it."""
