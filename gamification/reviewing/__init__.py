"""Contesting a score and deciding on it: what each side may see, and the pages."""
