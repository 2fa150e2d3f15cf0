"""Reading who viewed and exported personal data."""

from django.db.models import QuerySet

from peyvand.parties.models import AccessLog


def access_rows(*, act: str = "", user_id: int | None = None, party_id: int | None = None) -> QuerySet[AccessLog]:
    """Every look at and every taking out of personal data, narrowed by act, by who did it and by whose data they are.

    Only for who holds `parties.audit`, which is never narrower than everything; the caller asks for it.
    """
    rows = AccessLog.objects.select_related("user", "party")
    if act in AccessLog.Act.values:
        rows = rows.filter(act=act)
    if user_id is not None:
        rows = rows.filter(user=user_id)
    return rows if party_id is None else rows.filter(party=party_id)
