"""Changes that are asked for on a page or a route: each made by a process of its own, so that readers wait for none.

An order is a folder: what is asked, the files that came with it, and how far it is. Any server of the archive can look.
"""
