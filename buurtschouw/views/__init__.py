"""Pages of the buurtschouw."""
