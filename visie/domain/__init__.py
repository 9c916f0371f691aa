"""What the portal does in Visie en cultuurverandering."""
