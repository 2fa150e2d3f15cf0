"""E-mail. Bytes in, plain values out; no model, no rule. Only `send.py` and `imap.py` talk to the network.

`parse.py` is what runs in the jail; the modules it uses each know one thing about mail. None of them imports Django, so
a child process starts in a tenth of a second and holds no secret.
"""
