"""Casework (依申请公开): the files of requests from filing to archive, and the register table three counts.

Actions, each one transaction and one event: ``filing.file_request``, ``acts.act``, ``files.add_file``,
``applicants.reveal``, ``handover.hand_over_cases``, ``platforms.issue_token`` and ``revoke_token``,
``recounting.recount``, ``erasing.erase_person``.

Queries that know the reader: ``inbox.inbox`` and ``counts``, ``queries.case_for``, ``by_query_code``, ``view``,
``story``, ``similar``, ``tracking.tracking`` for the applicant, ``files.papers_of`` and ``read_file``.
"""
