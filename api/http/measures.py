"""What Prometheus reads of an API process, on the loopback: each process has a port of its own after the worker's."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from prometheus_client import start_http_server

LOOPBACK = "127.0.0.1"
PROCESSES = 16
log = structlog.get_logger(__name__)


@contextmanager
def exposed(metrics_port: int | None) -> Iterator[int | None]:
    """Serve what is counted here on the first free port after `metrics_port`, which is the worker's; gives it."""
    for port in range(metrics_port + 1, metrics_port + 1 + PROCESSES) if metrics_port is not None else ():
        try:
            server, thread = start_http_server(port, addr=LOOPBACK)
        except OSError:
            continue
        log.info("metrics", port=port)
        try:
            yield port
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
        return
    yield None
