"""Open311 GeoReport v2: what is told to other systems, and what is taken from them. See docs/open311.md."""
