"""Pages: load, check, call one domain function, render."""
