"""Youth Manifesto: 12 to 16 young people put their points on the council's agenda."""
