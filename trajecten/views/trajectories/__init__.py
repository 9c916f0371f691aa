"""The pages of trajectories of any method: ``public`` for everybody, ``staff`` for who works on them."""
