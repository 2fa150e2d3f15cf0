"""The bell: what waits for a person, in the shell and on its own page. Another kind of news registers its icon:

kinds.register("deal", icon="currency-dollar", tone="ok")
"""
