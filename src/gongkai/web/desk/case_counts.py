"""How many cases press, for the side bar of every page (逾期件数)."""

from django.db.models import Q

from gongkai.casework.derived import DATED, UNCONFIRMED
from gongkai.casework.models import Case
from gongkai.foundation.actors import Actor


def overdue_here(actor: Actor, day: str) -> int:
    """How many cases are overdue where the person holds a role: one query, for the side bar of every page."""
    if not actor.holds("record.read"):
        return 0
    rows = Case.objects.filter(organ__code__in=list(actor.held))
    late = Q(order_key__gte=DATED, order_key__lt=DATED + day)
    return rows.filter(late | Q(order_key__gte=UNCONFIRMED, order_key__lt=UNCONFIRMED + day)).count()
