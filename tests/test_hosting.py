"""The recipe for a handbook behind a login, with nginx as it will run there."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import ssl
import subprocess
import threading
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import create_connection, create_server

import pytest

from laid import TESTS

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(
        not (shutil.which("nginx") and shutil.which("openssl")),
        reason="nginx or openssl is not here; on Debian: apt install nginx-light openssl",
    ),
]

RECIPE = TESTS.parent / "deploy/nginx"
POLICY = TESTS.parent / "site_templates/theme/main.html"
NAME, WORD = "mira", "a long password with spaces"
PATIENCE = 20.0

HASHED = "assets/javascripts/bundle.0123abcd.min.js"
PAGES = {
    "index.html": "<!doctype html><title>Home</title>" + "<p>How we work.</p>" * 200,
    "onboard/index.html": "<!doctype html><title>Onboard</title>",
    "404.html": "<!doctype html><title>No such page</title>",
    HASHED: "let answer = 42;\n" * 200,
    "assets/stylesheets/handbook.css": "p { color: black; }\n",
    "search/search_index.json": "{}",
}


def free_port() -> int:
    with closing(create_server(("127.0.0.1", 0))) as taken:
        port: int = taken.getsockname()[1]
    return port


def run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@dataclass(frozen=True)
class Host:
    """A running nginx: its ports, and whom it trusts."""

    plain: int
    secure: int
    trust: ssl.SSLContext

    def get(self, path: str, **headers: str) -> HTTPResponse:
        """Ask for a page as a browser would; the answer is read already, in `body`."""
        connection = HTTPSConnection("localhost", self.secure, context=self.trust, timeout=PATIENCE)
        return answered(connection, path, headers)


def answered(connection: HTTPConnection, path: str, headers: Mapping[str, str]) -> HTTPResponse:
    connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = connection.getresponse()
    answer.body = answer.read()  # type: ignore[attr-defined]  # before the connection is gone
    connection.close()
    return answer


def body(answer: HTTPResponse) -> bytes:
    found: bytes = answer.body  # type: ignore[attr-defined]
    return found


@contextmanager
def nginx(folder: Path, login: str, proxy: int = 4180) -> Iterator[Host]:
    """Run the recipe with this machine's paths and ports in the place of its own."""
    host = _prepared(folder, login, proxy)
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    try:
        _wait_for(host.secure, process)
        yield host
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def _prepared(folder: Path, login: str, proxy: int) -> Host:
    for name, text in PAGES.items():
        (folder / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / name).write_text(text, "utf-8")
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2",
        "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem"))  # fmt: skip
    word = run("openssl", "passwd", "-6", WORD).strip()
    (folder / "handbook.htpasswd").write_text(f"{NAME}:{word}\n")
    plain, secure = free_port(), free_port()
    here = {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{secure} ssl;",
        "/etc/letsencrypt/live/handbook/fullchain.pem": f"{folder}/cert.pem",
        "/etc/letsencrypt/live/handbook/privkey.pem": f"{folder}/key.pem",
        "/srv/handbook": f"{folder}/site",
        "/etc/nginx/handbook-login.conf": f"{folder}/login.conf",
        "/etc/nginx/handbook.htpasswd": f"{folder}/handbook.htpasswd",
        "127.0.0.1:4180": f"127.0.0.1:{proxy}",
    }
    for name, made in (("handbook.conf", "site.conf"), (login, "login.conf")):
        text = (RECIPE / name).read_text("utf-8")
        for there, ours in here.items():
            text = text.replace(there, ours)
        (folder / made).write_text(text, "utf-8")
    kept = " ".join(f"{what}_temp_path {folder}/{what};" for what in KEPT)
    user = "user root;" if os.getuid() == 0 else ""  # who else could read a test's own folder?
    (folder / "nginx.conf").write_text(
        f"{user} pid {folder}/pid; error_log stderr; events {{}}\n"
        f"http {{ {kept} access_log off; types {{ {TYPES} }} include {folder}/site.conf; }}"
    )
    return Host(plain, secure, ssl.create_default_context(cafile=str(folder / "cert.pem")))


TYPES = "text/html html; text/css css; application/javascript js; application/json json;"
KEPT = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    process.terminate()
    pytest.fail((process.communicate()[1] or b"nothing answers").decode())


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    with nginx(tmp_path_factory.mktemp("nginx"), "password.conf") as found:
        yield found


def basic(name: str, word: str) -> str:
    return f"Basic {b64encode(f'{name}:{word}'.encode()).decode()}"


KNOWN = basic(NAME, WORD)


def test_nobody_comes_in_without_the_password(host: Host) -> None:
    strangers: list[dict[str, str]] = [
        {},
        {"Authorization": basic(NAME, "password")},
        {"Authorization": basic("nobody", WORD)},
        {"Authorization": basic(NAME, "")},
    ]
    for path in ("/", "/onboard/", "/search/search_index.json", f"/{HASHED}", "/none"):
        for headers in strangers:
            answer = host.get(path, **headers)
            assert answer.status == 401, (path, headers)
            assert answer.headers["WWW-Authenticate"] == 'Basic realm="Handbook"'
            assert b"How we work" not in body(answer)


def test_whoever_knows_it_reads(host: Host) -> None:
    for path, said in (("/", b"How we work"), ("/onboard/", b"Onboard")):
        answer = host.get(path, Authorization=KNOWN)
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert said in body(answer)
    moved = host.get("/onboard", Authorization=KNOWN)
    assert (moved.status, moved.headers["Location"]) == (301, "/onboard/")
    missing = host.get("/none", Authorization=KNOWN)
    assert missing.status == 404
    assert b"No such page" in body(missing)
    assert host.get("/assets/", Authorization=KNOWN).status == 403, "a folder is listed"


def test_without_encryption_nothing_is_served(host: Host) -> None:
    answer = answered(HTTPConnection("127.0.0.1", host.plain), "/onboard/", {"Host": "localhost"})
    assert (answer.status, answer.headers["Location"]) == (301, "https://localhost/onboard/")


def test_every_answer_has_its_headers(host: Host) -> None:
    said = re.search('http-equiv="Content-Security-Policy" content="(.+?)"', POLICY.read_text())
    assert said
    for path, headers in (
        ("/", {"Authorization": KNOWN}),
        ("/", {}),
        ("/none", {"Authorization": KNOWN}),
    ):
        answer = host.get(path, **headers)
        assert answer.headers["Content-Security-Policy"] == f"{said[1]}; frame-ancestors 'none'"
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Server"] == "nginx"


def test_what_never_changes_is_kept_and_all_else_asked_for(host: Host) -> None:
    kept = host.get(f"/{HASHED}", Authorization=KNOWN, Accept_Encoding="gzip")
    assert kept.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert kept.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body(kept)).decode() == PAGES[HASHED]
    for path in ("/", "/assets/stylesheets/handbook.css", "/search/search_index.json"):
        first = host.get(path, Authorization=KNOWN)
        assert first.headers["Cache-Control"] == "private, no-cache"
        again = host.get(path, Authorization=KNOWN, If_None_Match=first.headers["ETag"])
        assert again.status == 304


class Proxy(BaseHTTPRequestHandler):
    """OAuth2 Proxy as nginx meets it: it knows one cookie, and has a page to sign in."""

    def do_GET(self) -> None:  # the server's own name for it
        auth = self.path.startswith("/oauth2/auth")
        known = "_oauth2_proxy=mira" in self.headers.get("Cookie", "")
        self.send_response((202 if known else 401) if auth else 200)
        self.end_headers()
        self.wfile.write(b"" if auth else b"Sign in")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its own name for it
        pass


def test_who_has_signed_in_elsewhere_reads(tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as proxy:
        thread = threading.Thread(target=proxy.serve_forever)
        thread.start()
        try:
            with nginx(tmp_path, "oauth2-proxy.conf", proxy.server_port) as host:
                _signs_in(host)
        finally:
            proxy.shutdown()
            thread.join()


def _signs_in(host: Host) -> None:
    for stranger in ({}, {"Cookie": "_oauth2_proxy=rafe"}):
        sent = host.get("/onboard/", **stranger)
        assert sent.status == 302
        assert sent.headers["Location"] == "/oauth2/sign_in?rd=https://localhost/onboard/"
        assert b"Onboard" not in body(sent)
    page = host.get("/oauth2/sign_in?rd=/onboard/")
    assert (page.status, body(page)) == (200, b"Sign in")
    assert page.headers["X-Frame-Options"] == "DENY"
    assert host.get("/oauth2/auth").status in (401, 404), "only nginx may ask this"
    known = host.get("/onboard/", Cookie="_oauth2_proxy=mira")
    assert known.status == 200
    assert b"Onboard" in body(known)
    assert "frame-ancestors 'none'" in known.headers["Content-Security-Policy"]
