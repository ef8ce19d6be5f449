"""The whole of a case, a correction or a proposal as files (案卷成册), by one layout: for a court, for the archive.

What one holds: ``of_case.held``, ``of_side.held``; as numbered pieces, then as a zip: ``pieces``.
"""
