"""What figures did over time, and when a promise would be kept at that pace. Pure."""
