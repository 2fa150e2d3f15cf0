"""Pages of long work: its list, its progress, and telling its owner that it ended."""
