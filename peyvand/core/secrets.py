"""Encryption of stored secrets, signatures and blind indexes, all from one key file beside the data.

The file `keys.json` of the data folder holds random keys by id; every working key is derived from one of them and
`SECRET_KEY`, so that neither the file nor the setting alone opens anything. Cipher text carries its key's id.
"""

import base64
import hashlib
import hmac
import json
import secrets as random
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from peyvand.core.errors import PeyvandError

MAC_LENGTH = 32  # hex digits: 128 bits, and safe in an address that some server turns to small letters


class SecretUnreadable(PeyvandError):
    """A stored secret cannot be read with the keys of this installation; enter it again."""

    code = "secret_unreadable"
    status = 409


def key_file() -> Path:
    """Return the path of the key file; it belongs into every backup."""
    return Path(settings.DATA) / "keys.json"


def _new_key() -> str:
    return base64.urlsafe_b64encode(random.token_bytes(32)).decode()


def _write(path: Path, content: dict[str, object], *, replace: bool) -> None:
    part = path.with_name(f"{path.name}.{random.token_hex(4)}")
    part.touch(mode=0o600)
    part.write_text(json.dumps(content, indent=1))
    if replace:
        part.replace(path)
        return
    try:
        path.hardlink_to(part)  # two processes that start together keep one file
    except FileExistsError:
        pass
    part.unlink()


def _load(path: Path) -> dict[str, object]:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, {"current": "k1", "keys": {"k1": _new_key()}, "signing": _new_key()}, replace=False)
    loaded: dict[str, object] = json.loads(path.read_text())
    return loaded


class _Keys:
    """The working keys derived from one key file and one SECRET_KEY."""

    def __init__(self, content: dict[str, object], secret_key: str) -> None:
        stored = content["keys"]
        if not isinstance(stored, dict):
            raise SecretUnreadable
        self.secret_key = secret_key.encode()
        self.current = str(content["current"])
        moved = self._moved(content)
        self.working = {name: self._derive(key, f"fernet:{name}") for name, key in stored.items()}
        self.working |= {name: key.encode() for name, key in moved.get("fernets", {}).items()}
        self.fernets = {name: Fernet(key) for name, key in self.working.items()}
        own = self._derive(str(content["signing"]), "signing")
        self.signing = str(moved["signing"]).encode() if moved else own

    def _moved(self, content: dict[str, object]) -> dict[str, Any]:
        """The working keys of the installation that this one was loaded from; none for most."""
        closed = str(content.get("moved", ""))
        if not closed:
            return {}
        try:
            opened: dict[str, Any] = json.loads(self._wrapper(content).decrypt(closed.encode()))
        except InvalidToken as error:
            raise SecretUnreadable from error
        return opened

    def _wrapper(self, content: dict[str, object]) -> Fernet:
        return Fernet(self._derive(str(content["signing"]), "moved"))

    def closed(self, content: dict[str, object], working: dict[str, Any]) -> str:
        """Encrypt working keys of elsewhere for our own key file."""
        return self._wrapper(content).encrypt(json.dumps(working).encode()).decode()

    def _derive(self, key: str, purpose: str) -> bytes:
        derived = HKDF(SHA256(), 32, salt=self.secret_key, info=f"peyvand:{purpose}".encode()).derive(
            base64.urlsafe_b64decode(key)
        )
        return base64.urlsafe_b64encode(derived)

    def multi(self, first: str) -> MultiFernet:
        """Return the named key first, the others after it (a key id that lost its place still opens)."""
        rest = [fernet for name, fernet in self.fernets.items() if name != first]
        return MultiFernet([*([self.fernets[first]] if first in self.fernets else []), *rest])

    def mac(self, purpose: str, value: str) -> str:
        key = hmac.new(self.signing, purpose.encode(), hashlib.sha256).digest()
        return hmac.new(key, value.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


@lru_cache(maxsize=4)
def _keys(path: str, secret_key: str) -> _Keys:
    return _Keys(_load(Path(path)), secret_key)


def _now() -> _Keys:
    return _keys(str(key_file()), settings.SECRET_KEY)


def encrypt(text: str) -> str:
    """Encrypt text with the newest key; an empty text stays empty."""
    if not text:
        return ""
    keys = _now()
    return f"{keys.current}:{keys.multi(keys.current).encrypt(text.encode()).decode()}"


def decrypt(cipher: str) -> str:
    """Return the text of `encrypt`. Raises SecretUnreadable when no key of this installation fits."""
    if not cipher:
        return ""
    name, _, token = cipher.partition(":")
    try:
        return _now().multi(name).decrypt(token.encode()).decode()
    except (InvalidToken, ValueError) as error:
        raise SecretUnreadable from error


def rotate_keys() -> str:
    """Add a new key, used from now on, and return its id; old cipher text stays readable."""
    content = _load(key_file())
    stored = content["keys"]
    if not isinstance(stored, dict):
        raise SecretUnreadable
    name = f"k{len(_now().fernets) + 1}"
    _write(key_file(), {**content, "current": name, "keys": {**stored, name: _new_key()}}, replace=True)
    _keys.cache_clear()
    return name


def working_keys() -> dict[str, Any]:
    """The keys that open and find everything stored here; for the file of a whole installation, closed at once."""
    keys = _now()
    fernets = {name: key.decode() for name, key in keys.working.items()}
    return {"current": keys.current, "fernets": fernets, "signing": keys.signing.decode()}


def adopt_keys(working: dict[str, Any]) -> None:
    """Take the keys of another installation for our own; what was encrypted here before is not readable any more.

    They are kept encrypted under our own, so that still neither the file nor SECRET_KEY alone opens anything.
    """
    content = _load(key_file())
    kept: dict[str, object] = {"current": working["current"], "keys": {}, "signing": content["signing"]}
    kept["moved"] = _now().closed(content, working)
    _write(key_file(), kept, replace=True)
    _keys.cache_clear()


def re_encrypt(cipher: str) -> str:
    """Return the same secret under the newest key (unchanged when it already is)."""
    return cipher if cipher.startswith(f"{_now().current}:") else encrypt(decrypt(cipher))


def sign(purpose: str, value: str) -> str:
    """Return a signature of `value`, 32 hex digits, that is worth nothing for another purpose."""
    return _now().mac(f"sign:{purpose}", value)[:MAC_LENGTH]


def check(purpose: str, value: str, mac: str) -> bool:
    """Tell in constant time whether `mac` is our signature of `value` for this purpose."""
    return hmac.compare_digest(sign(purpose, value).encode(), mac.lower().encode("utf-8", "surrogatepass"))


def blind_index(value: str, purpose: str = "") -> str:
    """Return what an encrypted value is found by: equal values give equal indexes, which reveal nothing else."""
    return _now().mac(f"index:{purpose}", value)
