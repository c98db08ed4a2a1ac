"""Trends as pictures: finished paths, labels and rows that a template only places."""
