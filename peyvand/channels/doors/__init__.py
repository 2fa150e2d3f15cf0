"""How mail comes in: the listener (`smtp.py`), mailboxes elsewhere (`imap.py`), files (`ingest.py`).

A door stores bytes and says thank you, in that order. It never looks into a message beyond a bounded scan.
"""
