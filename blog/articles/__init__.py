"""Articles: drafting, publishing, categories, tags, bylines."""
