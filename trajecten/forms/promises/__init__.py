"""What is filled in about promises: filters, a new one, how it stands, and the verdict."""
