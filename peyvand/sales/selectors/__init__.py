"""Questions about leads and deals."""
