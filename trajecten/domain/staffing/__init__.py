"""Who works for a municipality: inviting, roles, teams, and taking it all away at once."""
