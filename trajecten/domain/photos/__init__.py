"""Photos: what is taken, a clean picture made of it, and its place with a contribution."""
