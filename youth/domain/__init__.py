"""What the portal does in Youth Manifesto."""
