"""Redaction of PDFs and images (涂黑，区分处理, 条例 art 37): bytes in, bytes out, no models.

``apart`` runs the work in a process of its own; ``opening``, ``pictures`` and ``letters`` read a source,
``writing`` makes the issued file, ``proving`` reopens it and looks for what was removed.
"""
