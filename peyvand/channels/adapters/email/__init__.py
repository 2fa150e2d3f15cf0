"""E-mail. Everything here is pure: bytes in, plain values out; no model, no settings, no network.

`parse.py` is what runs in the jail; the modules beside it each know one thing about mail. None imports Django, so a
child process starts in a tenth of a second and holds no secret.
"""
