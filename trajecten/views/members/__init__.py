"""Who takes part in a trajectory, for coordinators and advisers, and the ways in that they open."""
