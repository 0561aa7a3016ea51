"""Work that follows a change: rows written with it, done afterwards, at least once."""
