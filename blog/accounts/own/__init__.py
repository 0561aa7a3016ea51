"""One's own account: what only its owner sees."""
