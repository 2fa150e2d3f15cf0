"""Pages of the import: upload, columns, duplicates, preview, run and undo, for every kind of record."""
