"""Pages of duplicates: the queue, what is told while typing, the rules of the business."""
