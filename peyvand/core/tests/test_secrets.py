"""Encryption, signatures and blind indexes."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from peyvand.core import secrets


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path: Path):  # type: ignore[no-untyped-def]
    settings.DATA = tmp_path


@given(st.text())
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_encrypted_is_read_back(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    assert secrets.decrypt(secrets.encrypt(text)) == text


def test_old_cipher_text_stays_readable_after_rotation_and_moves_to_the_new_key() -> None:
    old = secrets.encrypt("گذرواژه")
    assert secrets.rotate_keys() == "k2"
    assert secrets.decrypt(old) == "گذرواژه"
    new = secrets.re_encrypt(old)
    assert new.startswith("k2:") and secrets.decrypt(new) == "گذرواژه"


def test_another_installation_cannot_read_it(settings, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    cipher = secrets.encrypt("x")
    settings.SECRET_KEY = "another" * 10
    with pytest.raises(secrets.SecretUnreadable):
        secrets.decrypt(cipher)
    for bad in ("k1:", "x", "k9:abc", cipher[:-4]):
        with pytest.raises(secrets.SecretUnreadable):
            secrets.decrypt(bad)


def test_a_signature_serves_one_purpose_only() -> None:
    mac = secrets.sign("thread", "17")
    assert len(mac) == secrets.MAC_LENGTH
    assert secrets.check("thread", "17", mac.upper()), "a server may change letter case in an address"
    assert not secrets.check("form", "17", mac)
    assert not secrets.check("thread", "18", mac)
    assert not secrets.check("thread", "17", "نه")


def test_equal_values_share_a_blind_index_within_one_purpose() -> None:
    assert secrets.blind_index("1", "national_id") == secrets.blind_index("1", "national_id")
    assert secrets.blind_index("1", "national_id") != secrets.blind_index("1", "iban")


def test_the_key_file_is_for_its_owner_only() -> None:
    secrets.encrypt("x")
    assert secrets.key_file().stat().st_mode & 0o077 == 0
