"""Telling the owner of long work that it has ended."""

from django.utils.translation import gettext_noop

from peyvand.accounts.services.notifications import notify
from peyvand.core.long_jobs import KINDS, LongJobEnded
from peyvand.core.models import LongJob
from peyvand.web.jobs.homes import address_of

TEXTS = {
    LongJob.State.DONE: gettext_noop("%(title)s: done."),
    LongJob.State.FAILED: gettext_noop("%(title)s: it failed and waits for you."),
}


def tell_owner(event: LongJobEnded) -> None:
    """Put the end of the work under the owner's bell; what ended at once, before his eyes, needs no word."""
    job = LongJob.objects.filter(pk=event.job_id).first()
    text = TEXTS.get(LongJob.State(event.state))
    if job is None or not text or job.params.get("at_once"):
        return
    if _is_worth_telling(job):
        notify(users=[job.owner_id], kind="job", text=text, data={"title": job.title}, url=address_of(job))


def _is_worth_telling(job: LongJob) -> bool:
    """Short parts of something that its owner is looking at need no word."""
    least = KINDS[job.kind].tells_after if job.kind in KINDS else 0
    if not least:
        return least == 0
    began, ended = job.started_at or job.created_at, job.ended_at or job.created_at
    return (ended - began).total_seconds() >= least
