"""What becomes of a contribution in another method: preparing it, asking who goes along, picking it up there."""
