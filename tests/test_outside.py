"""Links that leave the site: found at their place, asked politely, judged by the answer. The host is this machine."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from commonground.cli import main
from commonground.diagnostics import Severity
from commonground.outside import Answer, find, judge
from commonground.visiting import Visitor

REDIRECTS = {
    "/moved": (301, "/fine"),
    "/moved-twice": (308, "/moved"),
    "/for-now": (302, "/fine"),
    "/for-now-then-moved": (302, "/moved"),
    "/moved-to-nothing": (301, "/gone"),
    "/round": (301, "/round"),
    "/to-a-file": (301, "file:///etc/hostname"),
    "/to-ftp": (301, "ftp://127.0.0.1/"),
}
STATUS = {"/fine": 200, "/gone": 404, "/broken": 500, "/private": 403, "/tired": 429, "/odd": 299, "/only-get": 200}


class Host(ThreadingHTTPServer):
    """A host that answers well, badly and not at all, and notes what it was asked and when."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.times: list[float] = []
        self.at_once = self.most_at_once = 0
        self.url = f"http://127.0.0.1:{self.server_port}"


class Answering(BaseHTTPRequestHandler):
    server: Host

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_HEAD(self) -> None:
        host = self.server
        host.times.append(time.monotonic())
        host.asked.append((self.command, self.path))
        host.headers.append(dict(self.headers))
        host.at_once += 1
        host.most_at_once = max(host.most_at_once, host.at_once)
        try:
            self.answer()
        finally:
            host.at_once -= 1

    do_GET = do_HEAD  # noqa: N815  # as the library calls it

    def answer(self) -> None:
        if self.path == "/slow":
            time.sleep(3)
        elif self.path == "/drip":
            for _ in range(30):
                self.wfile.write(b"H")
                self.wfile.flush()
                time.sleep(0.1)
        elif self.path == "/rubbish":
            self.wfile.write(b"rubbish\r\n\r\n")
        elif self.path != "/hung-up":
            status, target = REDIRECTS.get(self.path, (STATUS.get(self.path.partition("?")[0], 404), ""))
            self.send_response(405 if self.path == "/only-get" and self.command == "HEAD" else status)
            if target:
                self.send_header("Location", target)
            self.send_header("Content-Length", "0")
            self.end_headers()


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with Host() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(address: str, patience: float = 20) -> Answer:
    [(asked, answer)] = Visitor(pause=0, patience=patience).visit([address])
    assert asked == address
    return answer


@pytest.mark.parametrize(
    ("path", "status", "moved"),
    [
        ("/fine", 200, ""),
        ("/odd", 299, ""),
        ("/only-get", 200, ""),
        ("/gone", 404, ""),
        ("/broken", 500, ""),
        ("/private", 403, ""),
        ("/tired", 429, ""),
        ("/moved", 200, "/fine"),
        ("/moved-twice", 200, "/fine"),
        ("/for-now", 200, ""),
        ("/for-now-then-moved", 200, ""),  # for now may be another place tomorrow
        ("/moved-to-nothing", 404, ""),
        ("/round", 301, ""),
        ("/to-a-file", 301, ""),
    ],
)
def test_what_a_host_answers(host: Host, path: str, status: int, moved: str) -> None:
    answer = ask(host.url + path)
    assert (answer.status, answer.moved) == (status, moved and host.url + moved)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/slow", "no answer within 0.5 seconds"),
        ("/drip", "no answer within 0.5 seconds"),
        ("/hung-up", "Remote end closed connection without response"),
        ("/rubbish", "rubbish"),
        ("/to-ftp", "unknown url type"),
    ],
)
def test_what_is_no_answer_has_its_reason(host: Host, path: str, reason: str) -> None:
    answer = ask(host.url + path, patience=0.5 if path in {"/slow", "/drip"} else 20)
    assert answer.status == 0
    assert reason in answer.reason


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://[/", "http://127.0.0.1:port/", "http:///path"])
@pytest.mark.usefixtures("host")
def test_what_cannot_be_asked_has_its_reason(address: str) -> None:
    answer = ask(address)
    assert answer.status == 0
    assert answer.reason


def test_a_name_that_nobody_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert ask("http://nobody.example/") == Answer(reason="Name or service not known")


def test_it_asks_politely(host: Host) -> None:
    addresses = [f"{host.url}{path}" for path in ("/fine", "/gone", "/fine", "/odd")]
    visitor = Visitor(pause=0.2, patience=20)
    answers = dict(visitor.visit(addresses))
    assert Counter(host.asked) == {("HEAD", "/fine"): 1, ("HEAD", "/gone"): 1, ("GET", "/gone"): 1, ("HEAD", "/odd"): 1}
    assert [answer.status for answer in answers.values()] == [200, 404, 299]
    assert host.most_at_once == 1
    assert min(later - sooner for sooner, later in zip(host.times, host.times[1:], strict=False)) >= 0.19
    for headers in host.headers:
        assert headers["User-Agent"].startswith("commonground-check-links")
        assert headers.keys() <= {"User-Agent", "Accept", "Host", "Connection", "Accept-Encoding"}


def test_another_host_is_not_made_to_wait(host: Host) -> None:
    other = host.url.replace("127.0.0.1", "localhost")
    started = time.monotonic()
    list(Visitor(pause=30, patience=20).visit([f"{host.url}/fine", f"{other}/fine"]))
    assert time.monotonic() - started < 25


TEXT = """\
See [the licence](https://example.com/by-sa/) and https://example.com/a_(b). (https://example.com/c)
[a](guide/a.md) <https://example.com/d> [b](http://example.com/e?f=g&h#i "Title"), `https://example.com/j`
url: https://example.com/k_(l)
site_url: https://example.com/own/
repo_url: !ENV [REPO_URL, 'https://example.com/own/']
"""


def test_links_are_found_at_their_place() -> None:
    found = {link.address: (link.span.line, link.span.column) for link in find({"a.md": TEXT})}
    assert found == {
        "https://example.com/by-sa/": (1, 19),
        "https://example.com/a_(b)": (1, 51),
        "https://example.com/c": (1, 79),
        "https://example.com/d": (2, 18),
        "http://example.com/e?f=g&h": (2, 45),
        "https://example.com/j": (2, 85),
        "https://example.com/k_(l)": (3, 6),
    }


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        (Answer(200), "", ""),
        (Answer(204), "", ""),
        (Answer(200, moved="https://example.com/new"), "moved-link", "https://example.com/new"),
        (Answer(404, "Not Found"), "dead-link", "answers 404 Not Found."),
        (Answer(410, "Gone"), "dead-link", "answers 410 Gone."),
        (Answer(500), "dead-link", "answers 500."),
        (Answer(reason="no answer within 9 seconds"), "dead-link", "cannot be asked: no answer within 9 seconds."),
        (Answer(403, "Forbidden"), "unsure-link", "Open it in a browser"),
        (Answer(503, "Unavailable"), "unsure-link", "answers 503"),
    ],
)
def test_what_an_answer_means(answer: Answer, code: str, words: str) -> None:
    [link] = find({"a.md": "[a](https://example.com/)"})
    finding = judge(link, answer)
    assert (finding.code if finding else "") == code
    if finding:
        assert words in f"{finding.message} {finding.hint}"
        assert (finding.path, finding.line, finding.column) == ("a.md", 1, 5)
        assert (finding.severity is Severity.ERROR) == (code == "dead-link")


# The command


def linking(project: Path, *addresses: str) -> None:
    """Write a page whose lines link to these addresses, from line 5 on."""
    text = "---\ntitle: Links\n---\n\n" + "".join(f"[a]({address})\n" for address in addresses)
    (project / "docs" / "links.md").write_text(text, encoding="utf-8")


QUICK = ["check-links", "--pause", "0", "--patience", "20"]


def test_the_command_names_each_place(project: Path, host: Host, capsys: pytest.CaptureFixture[str]) -> None:
    linking(project, f"{host.url}/fine", f"{host.url}/gone#a", f"{host.url}/moved", f"{host.url}/gone", "links.md")
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as configuration:
        configuration.write(f"extra:\n  exit: {host.url}/private\n")
    assert main(QUICK) == 1
    out, err = capsys.readouterr()
    assert [line for line in out.splitlines() if not line.startswith(" ")] == [
        f"docs/links.md:6:5: dead-link {host.url}/gone answers 404 Not Found.",
        f"docs/links.md:7:5: warning: moved-link {host.url}/moved has moved.",
        f"docs/links.md:8:5: dead-link {host.url}/gone answers 404 Not Found.",
        f"mkdocs.yml:11:9: warning: unsure-link {host.url}/private answers 403 Forbidden.",
    ]
    assert err == "2 errors, 2 warnings\n4 addresses asked\n"
    assert Counter(path for _, path in host.asked) == {"/fine": 2, "/gone": 2, "/moved": 1, "/private": 2}


def test_the_command_is_content_with_good_links(project: Path, host: Host, capsys: pytest.CaptureFixture[str]) -> None:
    linking(project, f"{host.url}/fine", f"{host.url}/moved", f"{host.url}/private")
    assert main(QUICK) == 0
    assert main([*QUICK, "--format", "json"]) == 0
    linking(project, *(f"{host.url}/fine?{number}" for number in range(9)))
    host.asked.clear()
    capsys.readouterr()
    assert main([*QUICK, "--limit", "7"]) == 0
    assert len(host.asked) == 7
    assert "7 addresses asked, 2 not asked: use --limit" in capsys.readouterr().err


def test_the_command_without_links_or_a_network(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(QUICK) == 0
    assert "0 addresses asked" in capsys.readouterr().err
    linking(project, "http://127.0.0.1:1/")
    assert main(QUICK) == 2
    out, err = capsys.readouterr()
    assert "docs/links.md:5:5: dead-link http://127.0.0.1:1/ cannot be asked: Connection refused." in out
    assert "Is this machine offline?" in err
    assert main([*QUICK, "--project", "nowhere"]) == 2


def test_nothing_else_asks(project: Path, host: Host) -> None:
    linking(project, f"{host.url}/fine")
    assert main(["check"]) == 0
    assert main(["build", "--to", "out"]) == 0
    assert main(["addresses", "--write"]) == 0
    assert host.asked == []
