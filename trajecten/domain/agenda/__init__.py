"""Agendas from the council information system: read, imported, and matched with council items."""
