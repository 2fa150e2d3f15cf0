"""Blocks of one import written side by side, with the result that writing them one after the other would have."""
