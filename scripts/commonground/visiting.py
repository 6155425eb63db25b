"""The only module that reaches the network: asks outside addresses whether they are there, one after the other."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from threading import Thread
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from .outside import Answer

WHO = "commonground-check-links (asks once whether a linked page is there)"
PERMANENT = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}


class _Redirects(HTTPRedirectHandler):
    """Follows a few redirects and notes whether all of them are for good."""

    max_redirections = 5

    def __init__(self) -> None:
        self.codes: list[int] = []

    def redirect_request(  # noqa: PLR0913, PLR0917  # as the library calls it
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> Request | None:
        self.codes.append(code)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass
class Visitor:
    """Asks addresses with a `pause` between two questions to one host, and waits `patience` seconds for each answer."""

    pause: float = 1.0
    patience: float = 10.0
    _asked: dict[str, float] = field(default_factory=dict)

    def visit(self, addresses: Iterable[str]) -> Iterator[tuple[str, Answer]]:
        """Ask each address once and give its answer. Stops for nothing: what cannot be asked has its reason."""
        for address in dict.fromkeys(addresses):
            yield address, self._ask(address)

    def _ask(self, address: str) -> Answer:
        """Ask for the head alone; ask again for the page where that fails, since some hosts know only that."""
        answer = self._once(address, "HEAD")
        return answer if 0 < answer.status < HTTPStatus.BAD_REQUEST else self._once(address, "GET")

    def _once(self, address: str, method: str) -> Answer:
        """Ask in a thread of its own: a host that sends a byte now and then would keep a socket's clock from ending."""
        host = address.split("/")[2]
        if host in self._asked:
            time.sleep(max(0.0, self._asked[host] + self.pause - time.monotonic()))
        answers: list[Answer] = []
        asking = Thread(target=lambda: answers.append(_ask(address, method, self.patience)), daemon=True)
        asking.start()
        asking.join(self.patience)
        self._asked[host] = time.monotonic()
        return answers[0] if answers else Answer(reason=f"no answer within {self.patience:g} seconds")


def _ask(address: str, method: str, patience: float) -> Answer:
    redirects = _Redirects()
    try:
        request = Request(address, method=method, headers={"User-Agent": WHO, "Accept": "*/*"})  # noqa: S310  # the opener knows http and https alone
        with _opener(redirects).open(request, timeout=patience) as response:  # nothing of the page is read
            for_good = redirects.codes and set(redirects.codes) <= PERMANENT
            return Answer(response.status, moved=response.url if for_good else "")
    except HTTPError as error:
        error.close()
        return Answer(error.code, str(error.reason).strip())
    except URLError as error:
        return Answer(reason=_words(error.reason, patience))
    except (OSError, HTTPException, ValueError) as error:
        return Answer(reason=_words(error, patience))


def _opener(redirects: _Redirects) -> OpenerDirector:
    """An opener without cookies, passwords, files or FTP."""
    opener = OpenerDirector()
    kinds = (ProxyHandler, HTTPHandler, HTTPSHandler, UnknownHandler, HTTPDefaultErrorHandler, HTTPErrorProcessor)
    for handler in (redirects, *(kind() for kind in kinds)):
        opener.add_handler(handler)
    return opener


def _words(reason: object, patience: float) -> str:
    if isinstance(reason, TimeoutError):
        return f"no answer within {patience:g} seconds"
    return str(getattr(reason, "strerror", None) or reason or type(reason).__name__).rstrip(".")
