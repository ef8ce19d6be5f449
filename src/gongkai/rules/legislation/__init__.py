"""Texts of law (法律文本): the instruments the rules rest on, and their words.

``INSTRUMENTS`` names every legal text a rule may cite. Where the project holds the full text it is
package data under ``texts/``, read once on first use.
"""

from gongkai.rules.legislation.instruments import INSTRUMENTS, Instrument
from gongkai.rules.legislation.reader import Article, article_text, articles

__all__ = ["INSTRUMENTS", "Article", "Instrument", "article_text", "articles"]
