"""The ledger's events of a case (底账摘录), so given that anybody can compute their hashes again."""

from __future__ import annotations

import json
from typing import Any

from gongkai.casework.models import Case
from gongkai.foundation import ledger
from gongkai.foundation.clock import canonical_moment
from gongkai.foundation.models import LedgerEvent
from gongkai.rules.documents import Block, Paragraph

SCRIPT = "核对.py"
# Read and run by people who have Python and nothing else.
PROGRAM = '''"""核对底账摘录：重算每一事件的指纹。用法：python3 核对.py（与 底账摘录.json 放在同一文件夹）"""
import hashlib, json, pathlib, sys

here = pathlib.Path(__file__).parent
said = json.loads((here / "底账摘录.json").read_text("utf-8"))
wrong = 0
for event in said["events"]:
    content = {key: value for key, value in event.items() if key != "hash"}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if hashlib.new(event["algorithm"], text.encode()).hexdigest() != event["hash"]:
        wrong += 1
        print(f"第 {event['seq']} 号事件与指纹不符")
print(f"共 {len(said['events'])} 个事件，{wrong} 个不符")
sys.exit(1 if wrong else 0)
'''


def extract(case: Case) -> str:
    """The events as JSON: exactly what was hashed, with the hash; personal parts only as they are sealed."""
    seq, head = ledger.head()
    events = [_event(one) for one in LedgerEvent.objects.filter(subject=case.ref).order_by("seq")]
    whole = {"case": case.number, "subject": case.ref, "head": {"seq": seq, "hash": head}, "events": events}
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


def explained(case: Case, events: int) -> tuple[Block, ...]:
    """How the extract is checked (验证说明)."""
    seq, head = ledger.head()
    lines = (
        f"底账摘录.json 收有申请 {case.number} 在底账里的全部 {events} 个事件，一件不少，一字未改。",
        "每一事件的 hash 是对该事件其余各项按固定写法（键排序、无空格的 JSON，UTF-8）计算的指纹，算法写在 algorithm 一项。"
        "previous 是底账前一号事件的指纹：改动任何一个事件，其后全部指纹都对不上。",
        f"核对一：在装有 Python 的计算机上运行“{SCRIPT}”，它重算每一事件的指纹，不需要联网，也不需要本系统。",
        f"核对二：生成本包时底账到第 {seq} 号，指纹 {head}。在本机关的系统上运行“gongkai verify”，"
        "整本底账从第一号起重算，并与账外保存的锚点比对；人民法院、复议机关可以现场查看。",
        "personal 一项是加密的个人信息，指纹连同密文计算，因此不必解开就能核对；解开后的内容见第一、二部分。",
        "本包各文件的 SHA-256 列在文件 SHA256SUMS 里；核对用“sha256sum -c SHA256SUMS”，可以知道文件传送中没有改变。",
    )
    return tuple(Paragraph(line) for line in lines)
