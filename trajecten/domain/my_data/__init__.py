"""What is kept of somebody in one municipality: showing it, handing it over, and erasing it."""
