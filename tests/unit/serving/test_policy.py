"""A served page allows what follows it, and takes back nothing that it said itself."""

from __future__ import annotations

import pytest

from vsmdocs.serving.policy import followed, opened


@pytest.mark.parametrize(
    ("said", "allowed"),
    [
        (
            "default-src 'none'; script-src 'self' 'sha256-x'; img-src 'self' data:",
            "default-src 'none'; script-src 'self' 'sha256-x'; img-src 'self' data:; "
            "style-src 'self'; connect-src 'self'",
        ),
        (
            "default-src 'none'; style-src 'sha256-y'; script-src 'none'; connect-src 'none'",
            "default-src 'none'; style-src 'self' 'sha256-y'; script-src 'self'; "
            "connect-src 'self'",
        ),
        (
            "default-src https://a.example; SCRIPT-SRC 'self'; script-src 'none'",
            "default-src https://a.example; script-src 'self'; "
            "style-src 'self' https://a.example; connect-src 'self' https://a.example",
        ),
        # What is not said is allowed anyway.
        ("img-src 'none'", "img-src 'none'"),
        (" ; ", ""),
    ],
)
def test_a_policy_is_opened_for_its_own_server_alone(said: str, allowed: str) -> None:
    assert opened(said) == allowed
    assert opened(allowed) == allowed


def test_the_policy_in_a_page_is_the_one_that_binds() -> None:
    page = (
        b'<head><meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;">'
        b"<title>&lt;/head&gt;</title></HEAD ><body></head></body>"
    )
    assert followed(page, b"<script>") == (
        b'<head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        b"script-src 'self'; style-src 'self'; connect-src 'self'\">"
        b"<title>&lt;/head&gt;</title><script></HEAD ><body></head></body>"
    )


def test_a_page_without_a_head_or_a_policy_is_followed_as_well() -> None:
    assert followed(b"<p>A page</p>", b"<script>") == b"<p>A page</p><script>"
