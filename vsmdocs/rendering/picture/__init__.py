"""The picture of a map: Graphviz lays out its structure, a template draws it."""
