"""Corrections and proposals to publish (更正申请、转主动公开建议, 条例 art 41, 44): filed, acted on, proven.

Actions: ``filing.file_side``, ``acts.act``, ``files.add_file``, ``voiding.void_side``; what is
done to any file is beside it: ``casework.applicants.reveal``, ``casework.erasing.erase_person``.
Queries that know the reader: ``queries.side_for``, ``by_query_code``, ``view``, ``listed``, ``counts``;
``search.numbered``.
"""
