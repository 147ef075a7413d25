"""On Record: what was said about China–Russia relations, by whom, when, and where it is printed.

The packages below read documents, find quotes, give each to a speaker and a day, and keep them in a
searchable archive. Nothing here knows Streamlit; everything works in a notebook.
"""
