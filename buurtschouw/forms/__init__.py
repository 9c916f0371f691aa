"""Forms of the buurtschouw: all input passes through one of these."""
