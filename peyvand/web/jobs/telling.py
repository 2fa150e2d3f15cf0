"""Telling the owner of long work that it has ended."""

from peyvand.core import live
from peyvand.core.long_jobs import LongJobEnded
from peyvand.core.models import LongJob


def tell_owner(event: LongJobEnded) -> None:
    """Open pages of the owner look again."""
    job = LongJob.objects.select_related("owner").filter(pk=event.job_id).first()
    if job is not None:
        live.notify(topic="jobs", audience=[f"user:{job.owner_id}"], data={"id": job.pk})
