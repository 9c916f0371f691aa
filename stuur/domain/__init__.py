"""What the portal does in Burgers aan het stuur."""
