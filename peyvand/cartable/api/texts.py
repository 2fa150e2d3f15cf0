"""Canned answers and signatures. If-Match holds their version."""

from datetime import datetime
from typing import Annotated

from ninja import Query
from pydantic import Field

from peyvand.api.kit import ApiRequest, BodyId, Flag, Id, In, Out, router, seen_version, visible
from peyvand.cartable import services
from peyvand.cartable.api.requests import requests
from peyvand.cartable.models import CannedAnswer, Request, Signature
from peyvand.cartable.models.texts import TEXTS
from peyvand.cartable.selectors.canned import get_canned, ordered
from peyvand.cartable.selectors.signatures import own_signature, shared_signatures, signature_for
from peyvand.cartable.services.signing import SignatureDetails
from peyvand.cartable.services.texts import CannedDetails

MOST = 300
DRAFT = "cartable.draft"
Text = Annotated[str, Field(max_length=2000)]

canned_answers = router(tag="canned", permission=DRAFT)
signatures = router(tag="signatures", permission=DRAFT)


class CannedIn(In):
    """For a department, for everybody, or (neither) for myself. Variables are written `{{code}}`."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    shortcut: Annotated[str, Field(max_length=30)] = ""
    body: Annotated[str, Field(min_length=1, max_length=20_000)]
    department_id: BodyId | None = None
    everybody: Flag = False


class CannedOut(Out):
    id: int
    title: str
    shortcut: str
    body: str
    mine: bool
    department_id: int | None
    uses: int
    version: int
    changed_at: datetime

    @staticmethod
    def resolve_mine(canned: CannedAnswer) -> bool:
        return canned.owner_id is not None


class CannedQuery(In):
    q: str = Field("", max_length=80)


class FilledOut(Out):
    """A text for one request; `⟦…⟧` stands where a value is missing, and no answer goes out with that."""

    text: str


class SignatureIn(In):
    text_fa: Text = ""
    text_en: Text = ""
    personal: Flag = True


class SignatureOut(Out):
    """`department_id` is empty for everybody's, and for one's own."""

    department_id: int | None
    text_fa: str
    text_en: str
    personal: bool
    version: int


@canned_answers.get("", response=list[CannedOut])
def index(request: ApiRequest, query: Query[CannedQuery]) -> list[CannedAnswer]:
    """The canned answers that I may use, the most used by me first; at most 300."""
    return list(ordered(CannedAnswer.objects.visible_to(request.auth).kept(), request.auth, query.q)[:MOST])


@canned_answers.post("", response=CannedOut)
def create(request: ApiRequest, payload: CannedIn) -> CannedAnswer:
    """Write a canned answer; for others that asks `cartable.texts` there."""
    return services.save_canned(actor=request.auth, details=CannedDetails(**payload.model_dump()))


@canned_answers.get("/{int:id}", response=CannedOut)
def show(request: ApiRequest, id: Id) -> CannedAnswer:
    """One canned answer."""
    return get_canned(request.auth, id)


@canned_answers.put("/{int:id}", response=CannedOut, versioned="optional")
def change(request: ApiRequest, id: Id, payload: CannedIn) -> CannedAnswer:
    """Change a canned answer."""
    details, version = CannedDetails(**payload.model_dump()), seen_version(request)
    return services.save_canned(actor=request.auth, details=details, canned_id=id, expected_version=version)


@canned_answers.delete("/{int:id}")
def delete(request: ApiRequest, id: Id) -> None:
    """Put a canned answer into the trash."""
    services.delete_canned(actor=request.auth, canned_id=id)


@canned_answers.post("/{int:id}/restore", response=None, status=204)
def restore(request: ApiRequest, id: Id) -> None:
    """Bring a canned answer back out of the trash."""
    services.restore_canned(actor=request.auth, canned_id=id)


@requests.post("/{int:id}/canned/{int:canned_id}", response=FilledOut, permission=DRAFT, status=200)
def fill_canned(request: ApiRequest, id: Id, canned_id: Id) -> dict[str, str]:
    """A canned answer filled for a request; that counts as a use."""
    return {"text": services.use_canned(actor=request.auth, canned_id=canned_id, request_id=id)}


@requests.get("/{int:id}/signature", response=FilledOut, permission=DRAFT)
def signature_of(request: ApiRequest, id: Id) -> dict[str, str]:
    """What will stand below my answer to a request by mail."""
    return {"text": signature_for(visible(Request.objects.visible_to(request.auth), id), request.auth.user)}


@signatures.get("", response=list[SignatureOut])
def list_signatures(request: ApiRequest) -> list[Signature]:
    """The signatures of everybody and of departments."""
    return shared_signatures()


@signatures.get("/mine", response=SignatureOut)
def my_signature(request: ApiRequest) -> Signature:
    """My own signature; an empty one of version 0 when I have none."""
    return own_signature(request.auth) or Signature(version=0)


@signatures.put("/mine", response=SignatureOut, versioned="optional")
def change_mine(request: ApiRequest, payload: SignatureIn) -> Signature:
    """Write my own signature; empty in both languages it is taken away."""
    details, version = SignatureDetails(text_fa=payload.text_fa, text_en=payload.text_en), seen_version(request)
    saved = services.save_own_signature(actor=request.auth, details=details, expected_version=version)
    return saved or Signature(version=0)


@signatures.put("/everybody", response=SignatureOut, permission=TEXTS, versioned="optional")
def change_everybodys(request: ApiRequest, payload: SignatureIn) -> Signature:
    """Write the signature of all who have no nearer one."""
    return _save(request, None, payload)


@signatures.put("/departments/{int:id}", response=SignatureOut, permission=TEXTS, versioned="optional")
def change_departments(request: ApiRequest, id: Id, payload: SignatureIn) -> Signature:
    """Write the signature of a department."""
    return _save(request, id, payload)


def _save(request: ApiRequest, department_id: int | None, payload: SignatureIn) -> Signature:
    details, version = SignatureDetails(**payload.model_dump()), seen_version(request)
    saved = services.save_signature(
        actor=request.auth, department_id=department_id, details=details, expected_version=version
    )
    return saved or Signature(department_id=department_id, version=0)
