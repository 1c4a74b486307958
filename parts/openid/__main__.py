"""`python -m parts.openid <configuration> <host> <port> [<certificate> <key>]`: serve one provider until a signal."""

import os
import sys
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from parts.openid.configured import read
from parts.openid.provider import provider_app


class Quiet(WSGIRequestHandler):
    """Addresses carry codes and tokens: they are not logged."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def main(configuration: str, host: str, port: str, *tls: str) -> None:
    """Serve, over TLS when a certificate and its key are given."""
    # Authlib refuses plain HTTP otherwise; it is for the loopback of a demonstration.
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    made = provider_app(read(Path(configuration)))
    context = (tls[0], tls[1]) if tls else None
    make_server(host, int(port), made, threaded=True, request_handler=Quiet, ssl_context=context).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
