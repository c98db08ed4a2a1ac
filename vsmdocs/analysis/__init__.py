"""What maps and their figures mean: advice, differences, the answer. Values in, values out."""
