"""Tables of quotations: rows that people or programs collected become statements that keep their identifiers."""
