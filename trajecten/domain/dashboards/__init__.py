"""What the dashboards of staff count and compare."""
