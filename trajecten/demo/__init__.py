"""A made-up town to try the portal out in: its map, its people, and what they did. Loaded in demo mode only."""
