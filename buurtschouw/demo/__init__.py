"""What the people of the made-up town did with the buurtschouw. Loaded in demo mode only."""
