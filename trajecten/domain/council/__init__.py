"""Council items: put to council or college, scheduled, discussed, decided line by line, and told about."""
