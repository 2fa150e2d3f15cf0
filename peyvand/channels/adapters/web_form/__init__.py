"""The public web form: plain fields from a page of ours or from a company's own site."""
