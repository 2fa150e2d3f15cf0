"""The fields that sales adds to the registry: those of deals, and figures of customers."""

from peyvand.sales import deal_fields, partner_figures, party_deal_fields, party_figures

__all__ = ["deal_fields", "partner_figures", "party_deal_fields", "party_figures"]
