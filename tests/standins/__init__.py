"""Other systems that the portal speaks with, as little servers of their own."""
