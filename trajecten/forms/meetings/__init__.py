"""What people fill in about meetings."""
