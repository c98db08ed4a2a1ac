"""Text in, text out: the layout of maps, changes to them at exact places, and merges."""
