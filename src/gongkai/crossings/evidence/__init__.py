"""The evidence pack of a case (证据包): what a court or a reconsideration asks for, in one file.

Act: ``taking.take``. What is still missing: ``taking.gaps``. Its pieces are those of ``casework.dossier``.
"""
