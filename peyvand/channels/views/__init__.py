"""Pages of channels: the public form, files, the administration of channels."""
