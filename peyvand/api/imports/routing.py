"""The router of imports, and what its endpoints have in common."""

from typing import Annotated

from pydantic import Field

from peyvand.api.kit import SIGNED_IN, ApiRequest, router
from peyvand.core.imports import selectors
from peyvand.core.models import Import

imports = router(tag="imports", permission=SIGNED_IN)

Host = Annotated[str, Field(max_length=60, description="The kind of record, as «parties.Party».")]
Word = Annotated[str, Field(max_length=60)]
Number = Annotated[int, Field(ge=0, le=2**40)]


def own(request: ApiRequest, import_id: int) -> Import:
    """The caller's own import. Raises NotFound, and NotAllowed when he may import no longer."""
    return selectors.import_for(request.auth.user, import_id)


def token_of(request: ApiRequest) -> int | None:
    """The token whose limits hold for the work."""
    return request.auth.token.pk if request.auth.token else None
