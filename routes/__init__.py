"""The archive over HTTP, beside the pages: the same queries by the same parameters, as JSON, CSV and Atom.

Nothing here knows of Streamlit; ``docs/api.md`` says what is served, ``routes.assembling`` puts it together.
"""
