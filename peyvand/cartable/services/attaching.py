"""Files that people attach to drafts and notes."""

from collections.abc import Iterable, Sequence

from peyvand.accounts.context import Actor
from peyvand.core.errors import NotFound
from peyvand.core.models import File


def own_files(actor: Actor, file_ids: Sequence[str], *, already: Iterable[File] = ()) -> list[File]:
    """The files that the actor himself uploaded, or that are attached already. Raises NotFound for any other."""
    known = {file.pk: file for file in already}
    wanted = list(dict.fromkeys(file_ids))
    rows = File.objects.filter(pk__in=[one for one in wanted if one not in known], uploaded_by=actor.user)
    known |= {file.pk: file for file in rows}
    if any(one not in known for one in wanted):
        raise NotFound
    return [known[one] for one in wanted]
