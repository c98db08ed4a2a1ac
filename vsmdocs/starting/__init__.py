"""How a project begins: its first files, new maps, and what git is told about them."""
