"""Burgers aan het stuur: eight steps for citizens' initiatives."""
