"""Sending a reply (送达): what goes out is the letter that was signed, as it is kept, and what the law wants in it."""

from __future__ import annotations

from gongkai.casework.keeping import Erased, content_of
from gongkai.casework.letter_settings import needs_of
from gongkai.casework.models import Case, Letter
from gongkai.casework.refusals import refused
from gongkai.rules.remedy_notice import ONLINE, REVISED
from gongkai.rules.requests.facts import Life


def reply_letter_of(case: Case, number: str) -> Letter | None:
    """The letter of a signed answer that stands (答复书原件), by its number."""
    rows = Letter.objects.select_related("pdf", "docx").filter(
        case=case, voided_seq=None, code__startswith="reply-"
    )
    return rows.filter(number=number).order_by("-place").first() if number else None


def check(case: Case, life: Life) -> None:
    """Whether the signed reply may leave in this way. Raises CaseworkRefused."""
    answer = life.round.answer
    if answer is None:
        return
    letter = reply_letter_of(case, answer.number)
    if letter is None:
        raise refused("", "这件答复签发时没有生成文书；撤回签发，重新送审、签发，再送达。")
    if letter.kept_seq is None:
        raise refused("", "文书的文件还没有生成，没有送达；打开文书看一遍，生成以后再送达。")
    if answer.method == "electronic":
        _check_channel(case, letter)


def _check_channel(case: Case, letter: Letter) -> None:
    """A reply served through the internet names the channel for a reconsideration (行政复议法 art 22 ¶2)."""
    if letter.dated < REVISED:
        return
    channel = needs_of(case.organ).review_channel
    try:
        said = content_of(letter).text
    except Erased:
        return
    if "行政复议申请书可以通过互联网提交" in said or (channel and channel in said):
        return
    raise refused(
        "method",
        f"这份答复书没有写提交行政复议申请的互联网渠道，不能电子送达（{ONLINE.citation()}）。改用邮寄、直接送达；"
        "或者在“文书设置”里写上网址，撤回签发、重新签发后再电子送达。",
    )
