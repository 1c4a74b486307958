"""The validator of what people send: nothing in an answer nor in a schema can hang it or make it call out."""

from typing import Any

import jsonschema_rs

from catalogue.formats import validators


def validator(schema: Any) -> jsonschema_rs.Draft202012Validator:
    """A schema compiled, each format of the catalogue held to."""
    # Linear regular expressions, and no retrieval.
    return jsonschema_rs.Draft202012Validator(
        schema,
        validate_formats=True,
        formats=validators(),
        pattern_options=jsonschema_rs.RegexOptions(),
        offline=True,
    )
