"""Forms of the core: all input passes through one of these."""
