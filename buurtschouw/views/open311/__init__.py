"""The Open311 server: one address a call, in XML and JSON with the same facts; and its pages."""
