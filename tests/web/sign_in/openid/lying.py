"""A provider that signs badly what it is asked to: the same process as any other, tampering with what it sends.

Wrong claims need no more than people who have them; what no configuration of the mock does is here.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from pathlib import Path

import flask
from werkzeug.serving import make_server

from parts.openid.configured import read
from parts.openid.provider import provider_app


def lying(answer: flask.Response) -> flask.Response:
    """Unsign the ID token of `alg-none`; send the userinfo of `unsigned` as plain JSON."""
    said = answer.get_json(silent=True) or {}
    if "id_token" in said and _claims(said["id_token"])["sub"] == "alg-none":
        header = _encoded({"alg": "none", "typ": "JWT"})
        said["id_token"] = f"{header}.{said['id_token'].split('.')[1]}."
        answer.set_data(json.dumps(said))
    elif answer.content_type == "application/jwt" and _claims(answer.get_data(as_text=True))["sub"] == "unsigned":
        answer.set_data(json.dumps(_claims(answer.get_data(as_text=True))))
        answer.headers["content-type"] = "application/json"
    return answer


def _claims(token: str) -> dict[str, object]:
    body = token.split(".")[1]
    found: dict[str, object] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return found


def _encoded(content: dict[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


if __name__ == "__main__":
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    made = provider_app(read(Path(sys.argv[1])))
    # Flask runs these last first: ours must see what the provider has made of the mock's answers.
    made.after_request_funcs[None].insert(0, lying)
    make_server(sys.argv[2], int(sys.argv[3]), made, threaded=True).serve_forever()
