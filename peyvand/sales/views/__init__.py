"""Pages of leads and deals."""
