"""The shape of a first message to a customer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.scoping import Who
from peyvand.cartable.models import Request
from peyvand.cartable.services.writing_first import FirstWords
from peyvand.parties.models import ContactPoint, Party

MOST = 20


class WriteForm(forms.Form):
    """Where it goes, what it is about, and in which request it stands."""

    recipient = forms.ChoiceField(label=_("To"), required=False)
    request = forms.ChoiceField(label=_("Request"), required=False)
    subject = forms.CharField(label=_("Subject"), max_length=300)
    body = forms.CharField(
        label=_("Text"), required=False, max_length=100_000, widget=forms.Textarea({"rows": 8, "dir": "auto"})
    )

    def __init__(self, *args: Any, who: Who, party: Party, **more: Any) -> None:
        super().__init__(*args, **more)
        self.party = party
        points = ContactPoint.objects.filter(party=party, kind=ContactPoint.Kind.EMAIL)
        addresses = list(points.order_by("-is_primary", "id").values_list("value", flat=True)[:MOST])
        self.fields["recipient"] = forms.ChoiceField(
            label=_("To"), required=bool(addresses), choices=[(one, one) for one in addresses] or [("", "—")]
        )
        active = Request.objects.visible_to(who).filter(party=party).active().order_by("-last_activity_at")[:MOST]
        joined = [(str(one.pk), f"{one.code} · {one.subject}") for one in active]
        self.fields["request"] = forms.ChoiceField(
            label=_("Request"), required=False, choices=[("", _("A new request")), *joined]
        )

    def words(self) -> FirstWords:
        """The message as the service takes it."""
        data = self.cleaned_data
        return FirstWords(
            party_id=self.party.pk,
            subject=data["subject"],
            body=data["body"],
            recipient=data["recipient"],
            request_id=int(data["request"]) if data["request"] else None,
        )
