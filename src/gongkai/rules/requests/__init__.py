"""The life of an information request (政府信息公开申请的一生, 条例第四章): states, acts, clock, letters.

``states`` is the table of every lawful act; ``life`` reads the facts of one request; ``perform`` adds one
act to them or refuses it; ``reply_clock``, ``steps`` and ``tasks`` say what the law wants of whom, by when.
"""
