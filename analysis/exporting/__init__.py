"""Statements for other programs: tables, and citations for reference managers."""
