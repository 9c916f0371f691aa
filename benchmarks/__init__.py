"""Measures the portal on a real server: ``script/bench NAME [--json]``. Each module is one benchmark."""
