"""How much: `make test` runs everything at scale 1, `make proof` the same at scale 20."""

import os

SCALE = int(os.environ.get("BLOG_TEST_SCALE", "1"))
PROOF = SCALE >= 20
"""Whether the big numbers are asked for."""
