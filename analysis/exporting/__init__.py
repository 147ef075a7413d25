"""Statements for other programs: tables, citations and documents, each with the notes that let it be traced."""
