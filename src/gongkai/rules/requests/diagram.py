"""The picture of the states (流程图) as SVG, drawn from the table; colours are the page's own."""

from __future__ import annotations

from html import escape

from gongkai.rules.requests.states import ACTS, STATES, targets

# Column and row of each state: the way of a request down the middle, those waited for at the sides.
PLACES: dict[str, tuple[int, int]] = {
    "awaiting_confirmation": (1, 0),
    "received": (1, 1),
    "handling": (1, 3),
    "drafting": (1, 6),
    "in_review": (1, 7),
    "signed": (1, 8),
    "sent": (1, 9),
    "served": (1, 10),
    "archived": (1, 11),
    "awaiting_supplement": (0, 2),
    "awaiting_reasons": (0, 3),
    "awaiting_payment": (0, 4),
    "consulting_third_party": (2, 2),
    "consulting_organ": (2, 3),
    "delayed": (2, 4),
    "lapsed": (0, 10),
    "withdrawn": (2, 10),
}
_BOX, _TALL, _COLUMN, _ROW, _EDGE = 168, 40, 290, 84, 20
WIDTH, HEIGHT = 2 * _COLUMN + _BOX + 2 * _EDGE, 11 * _ROW + _TALL + 2 * _EDGE
# The way on; the rest of the table is listed beside the picture, or it could not be read.
DRAWN: tuple[tuple[str, str, str], ...] = (
    ("confirm", "awaiting_confirmation", "received"),
    ("register", "received", "handling"),
    ("ask_supplement", "handling", "awaiting_supplement"),
    ("ask_reasons", "handling", "awaiting_reasons"),
    ("issue_fee", "handling", "awaiting_payment"),
    ("consult_third_party", "handling", "consulting_third_party"),
    ("consult_organ", "handling", "consulting_organ"),
    ("delay", "handling", "delayed"),
    ("decide", "handling", "drafting"),
    ("submit", "drafting", "in_review"),
    ("sign", "in_review", "signed"),
    ("send", "signed", "sent"),
    ("prove_service", "sent", "served"),
    ("archive", "served", "archived"),
    ("archive", "lapsed", "archived"),
    ("archive", "withdrawn", "archived"),
    ("lapse_supplement", "awaiting_supplement", "lapsed"),
    ("lapse_fee", "awaiting_payment", "lapsed"),
)
_WITHDRAWAL = "答复送达以前，随时可以撤回"


def svg(current: str = "") -> str:
    """The picture. ``current``: the state a request is in, marked with the class ``current``."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-labelledby="request-states" class="state-diagram" fill="none" stroke="currentColor" '
        'font-size="15" font-family="sans-serif">',
        '<title id="request-states">依申请公开流程图</title>',
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
        'orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="currentColor" stroke="none"/></marker></defs>',
        *(_edge(*edge) for edge in DRAWN),
        *(_box(code, code == current) for code in STATES),
        _withdrawal(),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _corner(state: str) -> tuple[int, int]:
    column, row = PLACES[state]
    return _EDGE + column * _COLUMN, _EDGE + row * _ROW


def _box(state: str, current: bool) -> str:
    x, y = _corner(state)
    kind, width = ("state current", 3) if current else ("state", 1)
    return (
        f'<g class="{kind}"><rect x="{x}" y="{y}" width="{_BOX}" height="{_TALL}" rx="4" stroke-width="{width}"/>'
        f'<text x="{x + _BOX // 2}" y="{y + 26}" text-anchor="middle" fill="currentColor" stroke="none">'
        f"{escape(STATES[state].label)}</text></g>"
    )


def _edge(act: str, source: str, target: str) -> str:
    """An arrow with the act's label; both ways where an act leads back (来回)."""
    (x1, y1), (x2, y2) = _corner(source), _corner(target)
    half = _TALL // 2
    back = _leads_back(source, target)
    start = ' marker-start="url(#arrow)"' if back else ""
    if x1 == x2 and PLACES[source][1] + 7 < PLACES[target][1]:
        # Past the box below it, along the outer edge.
        path = f"M{x1} {y1 + half}H{x1 - 12}V{y2 + half}H{x2}"
        label = _label(act, x1 - 4, y2 - 60, "start")
    elif x1 == x2:
        path = f"M{x1 + _BOX // 2} {y1 + _TALL}V{y2}"
        label = _label(act, x1 + _BOX // 2 + 8, (y1 + _TALL + y2) // 2 + 5, "start")
    elif PLACES[target][1] == 11:
        path = f"M{x1 + _BOX // 2} {y1 + _TALL}V{y2 + half}H{x2 + (_BOX if x1 > x2 else 0)}"
        label = _label(act, (x1 + x2 + _BOX) // 2, y2 + half - 7, "middle")
    else:
        left = x2 < x1
        begin, end = (x1, x2 + _BOX) if left else (x1 + _BOX, x2)
        middle = (begin + end) // 2
        path = f"M{begin} {y1 + half}C{middle} {y1 + half} {middle} {y2 + half} {end} {y2 + half}"
        label = ""
    return f'<g class="act"><path d="{path}" marker-end="url(#arrow)"{start}/>{label}</g>'


def _withdrawal() -> str:
    """The way out that every open state has (撤回), said once instead of drawn twelve times."""
    x, y = _corner("withdrawn")
    middle = x + _BOX // 2
    words = f'<text x="{middle}" y="{y - 44}" text-anchor="middle" font-size="12" fill="currentColor" stroke="none">'
    return (
        f'<g class="act">{words}{_WITHDRAWAL}</text>'
        f'<path d="M{middle} {y - 36}V{y}" stroke-dasharray="4 3" marker-end="url(#arrow)"/></g>'
    )


def _label(act: str, x: int, y: int, anchor: str) -> str:
    words = escape(ACTS[act].label)
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="12" fill="currentColor" stroke="none">{words}</text>'


def _leads_back(source: str, target: str) -> bool:
    return any(target in a.sources and source in targets(a, target) for a in ACTS.values() if a.targets)
