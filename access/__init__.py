"""Who may do what: claims of a sign-in and the rules make a person with a role; a role allows acts.

Pages and routes ask here and nowhere else, anew at each act. Nothing here knows Streamlit; docs/signing-in.md explains.
"""
