"""Who takes part in a trajectory: coming in, waiting for a place, inviting, changing a role, and leaving."""
