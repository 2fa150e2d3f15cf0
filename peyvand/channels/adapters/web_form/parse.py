"""What a visitor sent → one value. Pure: no model, no setting."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from peyvand.channels.types import Submission
from peyvand.core.text import display_norm, display_text

FIELDS = ("name", "email", "mobile", "subject", "message")


def parse(
    fields: Mapping[str, str], *, nonce: str, sent_at: datetime, files: Sequence[Mapping[str, Any]] = ()
) -> Submission:
    """Make a submission of the fields `name email mobile subject message`.

    nonce: of the form that was filled, so that a second click is the same message and a changed text is a new one.
    files: `id`, `name`, `size`, `sha256` of the stored files, in their order.
    """
    plain = {name: fields.get(name, "") for name in FIELDS}
    told = [{key: item[key] for key in ("name", "size", "sha256")} for item in files]
    raw = json.dumps({"fields": plain, "files": told, "nonce": nonce}, ensure_ascii=False, sort_keys=True).encode()
    return Submission(
        medium="form",
        external_id=f"form:{nonce}:{hashlib.sha256(raw).hexdigest()[:32]}",
        subject=display_norm(plain["subject"]),
        text=display_text(plain["message"]).strip(),
        occurred_at=sent_at,
        sender=plain["email"].strip() or plain["mobile"].strip(),
        sender_name=display_norm(plain["name"]),
        file_ids=[str(item["id"]) for item in files],
        details={"fields": {name: display_norm(value) for name, value in plain.items() if name != "message" and value}},
        raw=raw,
    )
