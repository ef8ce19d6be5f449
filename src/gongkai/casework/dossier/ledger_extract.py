"""The ledger's events of a file (底账摘录), so given that anybody can compute their hashes again."""

from __future__ import annotations

import json
from typing import Any

from gongkai.casework.models import Dossier
from gongkai.foundation import ledger
from gongkai.foundation.clock import canonical_moment
from gongkai.foundation.models import LedgerEvent
from gongkai.rules.documents import Block, Paragraph

SCRIPT = "核对.py"
# Read and run by people who have Python and nothing else.
PROGRAM = '''"""核对本包：SHA256SUMS 列出的每个文件、底账摘录的每一事件，都重算指纹。
用法：整个包解开以后，python3 核对.py"""
import hashlib, json, pathlib, sys

here = pathlib.Path(__file__).resolve().parent
sums = here.parent / "SHA256SUMS"
wrong = 0


def said(words):
    global wrong
    wrong += 1
    print(words)


if sums.is_file():
    lines = sums.read_text("utf-8", errors="replace").splitlines()
    for line in lines:
        digest, _, name = line.partition("  ")
        one = here.parent / name
        if not name or not one.is_file():
            said(f"SHA256SUMS 列出的“{name or line}”不在")
        elif hashlib.sha256(one.read_bytes()).hexdigest() != digest:
            said(f"“{name}”与指纹不符")
    print(f"共 {len(lines)} 个文件，{wrong} 个不符")
else:
    print("旁边没有 SHA256SUMS，各文件没有核对；把整个包解开再运行")

files = wrong
try:
    events = json.loads((here / "底账摘录.json").read_text("utf-8"))["events"]
    for event in events:
        content = {key: value for key, value in event.items() if key != "hash"}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        if hashlib.new(event["algorithm"], text.encode()).hexdigest() != event["hash"]:
            said(f"第 {event['seq']} 号事件与指纹不符")
    print(f"共 {len(events)} 个事件，{wrong - files} 个不符")
except (OSError, ValueError, KeyError, TypeError, AttributeError):
    said("底账摘录.json 读不出来，被改过")
sys.exit(1 if wrong else 0)
'''


def extract(of: Dossier) -> str:
    """The events as JSON: exactly what was hashed, with the hash; personal parts only as they are sealed."""
    seq, head = ledger.head()
    events = [_event(one) for one in LedgerEvent.objects.filter(subject=of.ref).order_by("seq")]
    # Named as the ledger names it: case, or side.
    kind = of.ref.partition(":")[0]
    whole = {kind: of.number, "subject": of.ref, "head": {"seq": seq, "hash": head}, "events": events}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _event(one: LedgerEvent) -> dict[str, Any]:
    return {
        "form": one.form,
        "seq": one.seq,
        "kind": one.kind,
        "schema": one.schema,
        "occurred_on": one.occurred_on.isoformat(),
        "recorded_at": canonical_moment(one.recorded_at),
        "actor": one.actor,
        "organ": one.organ_code,
        "subject": one.subject,
        "payload": one.payload,
        "personal": one.personal,
        "algorithm": one.algorithm,
        "previous": one.previous_hash,
        "hash": one.hash,
    }


def explained(of: Dossier, events: int) -> tuple[Block, ...]:
    """How the extract is checked (验证说明)."""
    seq, head = ledger.head()
    lines = (
        f"底账摘录.json 收有 {of.number} 在底账里的全部 {events} 个事件，一件不少，一字未改。",
        "每一事件的 hash 是对该事件其余各项按固定写法（键排序、无空格的 JSON，UTF-8）计算的指纹，算法写在 algorithm 一项。"
        "previous 是底账前一号事件的指纹：改动任何一个事件，其后全部指纹都对不上。",
        f"核对一：在装有 Python 的计算机上运行“{SCRIPT}”，它重算本包每个文件和每一事件的指纹，"
        "说出哪一个被改过；不需要联网，也不需要本系统。",
        f"核对二：生成本包时底账到第 {seq} 号，指纹 {head}。在本机关的系统上运行“gongkai verify”，"
        "整本底账从第一号起重算，并与账外保存的锚点比对；人民法院、复议机关可以现场查看。",
        "personal 一项是加密的个人信息，指纹连同密文计算，因此不必解开就能核对；解开后的内容见第一、二部分。",
        "本包各文件的 SHA-256 列在文件 SHA256SUMS 里；没有 Python 的，用“sha256sum -c SHA256SUMS”核对文件传送中没有改变。",
    )
    return tuple(Paragraph(line) for line in lines)
