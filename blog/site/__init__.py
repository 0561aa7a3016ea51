"""What the site says of itself: name, address, language, zone. Every room above may read it."""
