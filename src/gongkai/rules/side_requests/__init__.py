"""Two kinds beside the request (条例 art 41, 44): 更正申请 and 转主动公开建议, each with a small life of its own.

``states`` is the table of every act; ``life`` reads the facts of one; ``perform`` adds one act or refuses it;
``clock`` and ``steps`` say what comes next and by when; ``letters`` writes what the person is told.
"""
