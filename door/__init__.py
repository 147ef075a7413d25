"""What stands between a request and what it asks for: who sends it, by the cookie of Streamlit's sign-in or a token.

Beside the pages this is all that knows Streamlit; the rules themselves are in ``access``.
"""
