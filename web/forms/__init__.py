"""Forms as pages: JSON Schema drawn as questions, and what people posted read as answers. No request, no database.

`showing.shown_page` draws a page, `reading.read_page` reads it, `reading.wrong` says what to mend before going on,
`checking.checked` lists the answers before they are sent. `templates/forms/fields.html` holds the markup.
"""
