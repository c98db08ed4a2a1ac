"""JSON Schemas (draft 2020-12) of what people write for vsmdocs and of what it prints.

Made from the model, the settings and the figures themselves, so that what is added there is in
the schema too. The words stand apart (`map_texts`, `output_texts`), so that a command without
use for them does not load them.
"""

from vsmdocs.schemas.catalogue import (
    SCHEMAS,
    VERSION,
    schema,
    schema_text,
    site_files,
)

__all__ = ["SCHEMAS", "VERSION", "schema", "schema_text", "site_files"]
