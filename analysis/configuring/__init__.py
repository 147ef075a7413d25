"""How settings are written, read, laid over one another and held against the machine.

``analysis/settings.py`` declares them, one line each.
"""
