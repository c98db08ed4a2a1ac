"""Measurements, run by hand and in a scheduled workflow; no test asserts a time."""
