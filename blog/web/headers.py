"""The policy on every answer.

Without a nonce, so that every reader gets the same bytes; with Trusted Types, so that no script can
make HTML of text (W3C Content Security Policy Level 3, Trusted Types).
"""

from flask import Flask, Response, g, request

from .origin import OUR_COOKIES

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
ONE_YEAR = 31_536_000

EVERY_ANSWER = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=()",
}


def guard(app: Flask) -> None:
    """Put the policy on every answer of an application, errors included."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    for name, value in EVERY_ANSWER.items():
        response.headers.setdefault(name, value)
    if response.status_code == 429 and g.get("retry_after"):
        response.headers.setdefault("Retry-After", str(g.retry_after))
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={ONE_YEAR}")
    if OUR_COOKIES & request.cookies.keys():
        response.headers["Cache-Control"] = "private, no-store"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = _cache_control(response)
    return response


def _cache_control(response: Response) -> str:
    """A reader's page may be kept and must be asked for again; all else is kept by nobody."""
    public = request.method in {"GET", "HEAD"} and response.status_code in {200, 301}
    return "public, max-age=0, must-revalidate" if public else "no-store"
