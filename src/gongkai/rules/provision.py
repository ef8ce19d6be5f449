"""Places in legal texts (法律条款): what a rule rests on, and the text that is quoted."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.rules.legislation import INSTRUMENTS, Instrument, article_text

_DIGITS = "零一二三四五六七八九"


def chinese_number(n: int) -> str:
    """The number as the texts of law write it: 33 is 三十三, 105 is 一百零五."""
    if n < 10:
        return _DIGITS[n]
    if n < 20:
        return "十" + (_DIGITS[n - 10] if n > 10 else "")
    if n < 100:
        tens, rest = divmod(n, 10)
        return _DIGITS[tens] + "十" + (_DIGITS[rest] if rest else "")
    hundreds, rest = divmod(n, 100)
    if rest == 0:
        return _DIGITS[hundreds] + "百"
    if rest < 10:
        return _DIGITS[hundreds] + "百零" + _DIGITS[rest]
    tail = chinese_number(rest)
    return _DIGITS[hundreds] + "百" + ("一" + tail if rest < 20 else tail)


@dataclass(frozen=True, slots=True)
class Provision:
    """A place in a legal text (条、款、项).

    ``instrument`` is a key of ``INSTRUMENTS``. ``place`` names the place in words for texts that
    are not divided into articles (a notice's annex, a table), and is used instead of the article.
    """

    instrument: str
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None
    place: str = ""

    @property
    def source(self) -> Instrument:
        """The legal text. Raises KeyError for an instrument nobody registered."""
        return INSTRUMENTS[self.instrument]

    def citation(self) -> str:
        """As a letter cites it: 《中华人民共和国政府信息公开条例》第三十三条第二款."""
        parts = [self.source.citation(article=self.article is not None)]
        if self.article is not None:
            parts.append(f"第{chinese_number(self.article)}条")
        if self.paragraph is not None:
            parts.append(f"第{chinese_number(self.paragraph)}款")
        if self.item is not None:
            parts.append(f"第（{chinese_number(self.item)}）项")
        if self.place:
            parts.append(self.place)
        return "".join(parts)

    def text(self) -> str | None:
        """The words of the provision; None where the project holds no full text of it."""
        if self.article is None:
            return None
        return article_text(self.instrument, self.article, self.paragraph, self.item)
