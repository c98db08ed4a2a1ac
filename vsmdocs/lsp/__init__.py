"""The language server: errors as one types, completion, figures, going to a step, renaming it.

Only `server`, `requests` and `replies` know the protocol; the other modules are about a text
and a place in it. A text in the middle of being typed can seldom be read as a map, so what
helps with typing stands on its lines alone (`scanner`), and figures are those of the last text
that was a map.
"""
