"""Telling the owner of long work that it has ended."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from peyvand.accounts.services.notifications import notify
from peyvand.core.long_jobs import LongJobEnded
from peyvand.core.models import LongJob

TEXTS = {
    LongJob.State.DONE: gettext_noop("%(title)s: done."),
    LongJob.State.FAILED: gettext_noop("%(title)s: it failed and waits for you."),
}


def tell_owner(event: LongJobEnded) -> None:
    """Put the end of the work under the owner's bell; what ended at once, before his eyes, needs no word."""
    job = LongJob.objects.filter(pk=event.job_id).first()
    text = TEXTS.get(LongJob.State(event.state))
    if job is not None and text and not job.params.get("at_once"):
        url = reverse("jobs:job", args=[job.pk])
        notify(users=[job.owner_id], kind="job", text=text, data={"title": job.title}, url=url)
