"""The code lists of Iv3 (Informatie voor derden), in which every Dutch municipality reports its figures to CBS."""
