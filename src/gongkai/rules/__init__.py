"""The law as code (规则): pure functions and data, each with its provision.

Nothing here knows Django, a clock, a database or a file of the installation. Texts of law and
holiday notices are package data, read once and kept in memory.
"""
