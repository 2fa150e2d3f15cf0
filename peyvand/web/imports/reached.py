"""What the address of an import page leads to: the reader's own import, and the importer that he may use."""

from django.http import HttpRequest

from peyvand.accounts.models import User
from peyvand.core.errors import NotAllowed
from peyvand.core.imports import selectors
from peyvand.core.imports.kinds import Importer, importer_of, importers
from peyvand.core.models import Import
from peyvand.web.access import signed_in


def usable(user: User) -> list[Importer]:
    """The importers that this user may use."""
    found = []
    for importer in importers():
        try:
            importer.guard(user)
        except NotAllowed:
            continue
        found.append(importer)
    return found


def importer_for(request: HttpRequest, host: str) -> Importer:
    """The importer of the address. Raises NotFound, and NotAllowed for who may not use it."""
    importer = importer_of(host)
    importer.guard(signed_in(request))
    return importer


def own(request: HttpRequest, import_id: int) -> tuple[Import, Importer]:
    """The reader's own import. Raises NotFound for anybody else's, NotAllowed when he may import no longer."""
    item = selectors.import_for(signed_in(request), import_id)
    item.owner = signed_in(request)
    return item, importer_of(item.host)
