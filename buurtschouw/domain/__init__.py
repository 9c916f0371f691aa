"""What the buurtschouw does."""
