"""The passphrase of a file: it closes the keys of the installation, and signs the list of the file's parts.

Protected columns stay cipher text under the installation's own keys, whatever JSON or history they stand in, so none
can be forgotten and none is in the clear on the way; the keys that open them (the working ones, not SECRET_KEY) travel
closed by the passphrase. Key from passphrase: scrypt (RFC 7914) with N = 2^15, r = 8, p = 1; cipher: Fernet; signature:
HMAC-SHA256.
"""

import base64
import hashlib
import hmac
import json
import secrets as random
from dataclasses import dataclass
from typing import Any, Self

from cryptography.fernet import Fernet, InvalidToken

from peyvand.core import secrets
from peyvand.core.moving.errors import NotOurs, WeakPassphrase, WrongPassphrase

SHORTEST = 12
N, R, P = 2**15, 8, 1
MEMORY = 64 * 1024 * 1024


@dataclass(frozen=True)
class Seal:
    """What a passphrase and a salt make: a key that closes, a key that signs."""

    salt: str
    closing: bytes
    signing: bytes

    @classmethod
    def of(cls, passphrase: str, salt: str = "") -> Self:
        """Make the keys; without a salt, for a new file. Raises WeakPassphrase, NotOurs for a salt that is none."""
        if len(passphrase) < SHORTEST:
            raise WeakPassphrase
        salt = salt or random.token_hex(16)
        try:
            raw = hashlib.scrypt(passphrase.encode(), salt=bytes.fromhex(salt), n=N, r=R, p=P, maxmem=MEMORY, dklen=64)
        except ValueError as error:
            raise NotOurs from error
        return cls(salt, base64.urlsafe_b64encode(raw[:32]), raw[32:])

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read what `to_text` wrote."""
        salt, closing, signing = text.split(":")
        return cls(salt, closing.encode(), bytes.fromhex(signing))

    def to_text(self) -> str:
        """The keys as a text, to be encrypted before it is kept anywhere."""
        return f"{self.salt}:{self.closing.decode()}:{self.signing.hex()}"

    def close(self, data: Any) -> str:
        """Encrypt plain data."""
        return Fernet(self.closing).encrypt(json.dumps(data).encode()).decode()

    def open(self, text: str) -> Any:
        """Decrypt what `close` wrote. Raises WrongPassphrase."""
        try:
            return json.loads(Fernet(self.closing).decrypt(text.encode()))
        except (InvalidToken, ValueError) as error:
            raise WrongPassphrase from error

    def sign(self, data: bytes) -> str:
        """The signature of some bytes."""
        return hmac.new(self.signing, data, hashlib.sha256).hexdigest()

    def check(self, data: bytes, signature: str) -> None:
        """Raise WrongPassphrase unless `signature` is ours of these bytes."""
        if not hmac.compare_digest(self.sign(data).encode(), signature.strip().encode("utf-8", "replace")):
            raise WrongPassphrase


def closed_keys(seal: Seal) -> str:
    """The working keys of this installation, closed by the passphrase."""
    return seal.close(secrets.working_keys())


def adopt_keys(seal: Seal, closed: str) -> None:
    """Make the keys of the file those of this installation. Raises WrongPassphrase."""
    secrets.adopt_keys(seal.open(closed))
