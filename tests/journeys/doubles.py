"""Some customers of the demo company written a second time, for pictures of the queue and of the quality."""

import django

django.setup()

from django.utils import timezone  # noqa: E402

from peyvand.accounts.models import User  # noqa: E402
from peyvand.core.long_job_slices import run_slice  # noqa: E402
from peyvand.parties.models import ContactPoint, Party  # noqa: E402
from peyvand.parties.services.duplicates import start_scan  # noqa: E402
from peyvand.parties.services.quality import count_quality, note_bounced  # noqa: E402
from peyvand.parties.services.records import Rows, add_record  # noqa: E402
from peyvand.parties.types import AddressDetails, ContactDetails  # noqa: E402

MISTYPED = str.maketrans("یکصزغ", "يكسضق")


def make(number: int = 6) -> None:
    """Write the first people again: with Arabic letters, turned, with a title, without an e-mail; then compare all."""
    reached = ContactPoint.objects.filter(kind="mobile", identifies=True).values("party")
    people = Party.objects.filter(kind="person", deleted_at=None, pk__in=reached).order_by("-last_contact_at")[:number]
    for place, party in enumerate(people):
        words = party.name.split(" ")
        names = (
            party.name.translate(MISTYPED), " ".join([*words[1:], words[0]]), f"مهندس {party.name}", party.name[:-1],
        )  # fmt: skip
        point = party.contact_points.filter(kind="mobile")[0]
        city = party.city if place % 2 else "کرج"
        for name in names[: 2 if place == 0 else 1] if place < 1 else [names[place % 4]]:
            raws = {"name": name, "branch": str(party.branch_id or "")}
            contacts = [ContactDetails(kind="mobile", typed=point.typed, shared=True)]
            rows = Rows(contacts=contacts, addresses=[AddressDetails(city=city)])
            add_record(actor=None, kind="person", raws=raws, rows=rows)
    mail = ContactPoint.objects.filter(kind="email").order_by("pk").values_list("value", flat=True)[0]
    note_bounced(address=mail, reason="550 5.1.1 No such user")
    job = start_scan(actor=User.objects.filter(is_superuser=True)[0])
    while job.state in ("waiting", "running"):
        run_slice(job.pk, job.attempt, rings=False)
        job.refresh_from_db()
    count_quality(force=True)
    print(timezone.now(), job.result)  # noqa: T201


make()
