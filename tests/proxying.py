"""nginx before servers, by the example in docs/deploy with other ports and a certificate of its own."""

from __future__ import annotations

import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

EXAMPLE = Path(__file__).parents[1] / "docs" / "deploy" / "nginx.conf"

NEEDS_NGINX = pytest.mark.skipif(
    shutil.which("nginx") is None or shutil.which("openssl") is None, reason="there is no nginx, or no openssl"
)

_AROUND = """
daemon off;
master_process off;
error_log {folder}/error.log;
pid {folder}/nginx.pid;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/vakgraaf.conf;
}}
"""


@contextmanager
def proxied(folder: Path, servers: Sequence[str]) -> Iterator[httpx.Client]:
    """nginx before the servers at these addresses; a client of it that knows its certificate."""
    folder.mkdir(parents=True, exist_ok=True)
    certificate = _certificate(folder)
    port, plain = _free_port(), _free_port()
    (folder / "vakgraaf.conf").write_text(_adapted(folder, servers, port, plain), "utf-8")
    (folder / "nginx.conf").write_text(_AROUND.format(folder=folder), "utf-8")
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as nginx:
        try:
            _await(nginx, port, folder)
            known = ssl.create_default_context(cafile=str(certificate))
            with httpx.Client(base_url=f"https://localhost:{port}", verify=known, timeout=60) as client:
                client.headers["x-plain-port"] = str(plain)
                yield client
        finally:
            nginx.terminate()
            nginx.wait(timeout=60)


def _adapted(folder: Path, servers: Sequence[str], port: int, plain: int) -> str:
    """The example with the servers, ports and files of a test; nothing else in it is touched."""
    text = EXAMPLE.read_text("utf-8")
    text = re.sub(r"^\s*listen \[::\].*\n", "", text, flags=re.M)
    text = text.replace("listen 443 ", f"listen 127.0.0.1:{port} ").replace("listen 80;", f"listen 127.0.0.1:{plain};")
    text = text.replace("/etc/ssl/certs/example.org.pem", str(folder / "certificate.pem"))
    text = text.replace("/etc/ssl/private/example.org.key", str(folder / "key.pem"))
    line = next(line for line in text.splitlines() if line.strip().startswith("server 127.0.0.1:8000"))
    listed = [line.replace("127.0.0.1:8000", server.removeprefix("http://")) for server in servers]
    return text.replace(line, "\n".join(listed))


def _certificate(folder: Path) -> Path:
    about = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-days", "2", "-nodes"]
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run(["openssl", "req", *kind, *about, *files], check=True, capture_output=True)
    return folder / "certificate.pem"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _await(nginx: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    for _ in range(200):
        assert nginx.poll() is None, (folder / "error.log").read_text()
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("nginx did not start")
