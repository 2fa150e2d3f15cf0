"""A whole installation as one file, and that file into an empty installation; docs/how-to/move-installation.md."""
