"""Sales: leads and deals on their way through the pipelines of a business."""
