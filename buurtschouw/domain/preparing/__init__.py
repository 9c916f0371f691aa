"""Preparing a walk: its route, stops and statements, who does what, and who is told."""
