"""An argument parser that speaks Chinese (命令行参数)."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import date
from typing import Any, NoReturn

_WORDS = {
    "usage: ": "用法：",
    "options": "选项",
    "positional arguments": "参数",
    "show this help message and exit": "显示这份说明",
    "subcommands": "命令",
    "the following arguments are required: %s": "缺少：%s",
    "unrecognized arguments: %s": "不认识：%s",
    "expected one argument": "后面要写一个值",
    "expected at least one argument": "后面至少要写一个值",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r，应为 %(choices)s 之一",
    "invalid %(type)s value: %(value)r": "不能用 %(value)r",
    "not allowed with argument %s": "不能与 %s 同时用",
    "one of the arguments %s is required": "%s 至少写一个",
}


def _chinese(text: str) -> str:
    return _WORDS.get(text, text)


# argparse looks its words up through this name; there is no other way to give it a language.
argparse._ = _chinese  # type: ignore[attr-defined]


class Parser(argparse.ArgumentParser):
    """Help with an example at the end; wrong arguments end with exit status 2 and the way to help."""

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:
        if example:
            kwargs["epilog"] = "例：\n  " + example.replace("\n", "\n  ")
        kwargs.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        kwargs.setdefault("allow_abbrev", False)
        super().__init__(*args, **kwargs)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments and where the help is."""
        self.exit(2, f"{message}。\n看说明：{self.prog} --help\n")


def day(text: str) -> date:
    """A date as an argument: 2021-09-13."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，写成 2021-09-13 这样") from None


def span(text: str) -> tuple[date, date]:
    """A pause as an argument: 2021-09-22:2021-10-12."""
    first, colon, last = text.partition(":")
    if not colon:
        raise argparse.ArgumentTypeError(f"“{text}”要写成 起:止，例如 2021-09-22:2021-10-12")
    return day(first), day(last)


def whole(minimum: int, maximum: int) -> Callable[[str], int]:
    """A whole number as an argument, within bounds."""

    def parse(text: str) -> int:
        if not re.fullmatch(r"-?\d{1,9}", text) or not minimum <= int(text) <= maximum:
            raise argparse.ArgumentTypeError(f"“{text}”要写 {minimum} 到 {maximum} 之间的整数")
        return int(text)

    return parse
