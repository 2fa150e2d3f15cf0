"""What a customer said about being contacted."""

from peyvand.parties.models import Consent, Party

NEWEST = 20


def ledger_of(party: Party, most: int = NEWEST) -> list[Consent]:
    """The newest words of a customer, newest first."""
    return list(party.consent_rows.select_related("by").order_by("-at", "-id")[:most])


def present_of(party: Party) -> dict[tuple[str, str], Consent]:
    """The word that counts, for each channel and purpose that was ever spoken of."""
    rows = party.consent_rows.order_by("channel", "purpose", "-at", "-id").distinct("channel", "purpose")
    return {(row.channel, row.purpose): row for row in rows}
