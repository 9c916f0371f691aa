"""Pages from request to trajectory: of who asks, of the adviser, and of who answers a proposal."""
