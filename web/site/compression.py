"""Answers under gzip, where the browser reads it: telephones pay for every byte."""

import gzip

from starlette.requests import Request
from starlette.responses import Response

SMALL, LEVEL = 1_000, 6


def compressed(request: Request, answer: Response) -> Response:
    """The same answer, its body under gzip where the browser reads that."""
    answer.headers["Vary"] = "Accept-Encoding"
    if "gzip" not in request.headers.get("accept-encoding", "") or len(answer.body) < SMALL:
        return answer
    answer.body = gzip.compress(bytes(answer.body), LEVEL)
    answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Content-Length"] = str(len(answer.body))
    return answer
