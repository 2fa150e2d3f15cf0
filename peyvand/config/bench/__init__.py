"""`peyvand bench`: the project's own measurements, as ratios within one run on one machine.

Every benchmark lives in a data folder of its own (`<data>/bench`), never in the installation's database.
"""
