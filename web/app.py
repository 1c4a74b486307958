"""The pages beside the API, in the same process: one application, mounted once for each language."""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.app import create_app as create_api
from storage.engine.settings import Settings
from web import routers
from web.site import error_pages, security_txt, static_files
from web.site.kept_pages import KeptPages
from web.site.languages import CODES, Code, preferred
from web.site.rendering import redirect
from web.site.walls import LANGUAGE, Walls


def create_app(settings: Settings) -> FastAPI:
    """The API, and the pages under `/fr`, `/br` and `/en`."""
    app = create_api(settings)
    pages = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    # One set of opened parts for both.
    pages.state = app.state
    error_pages.install(pages)
    routers.include_all(pages)
    pages.add_middleware(KeptPages)
    pages.add_middleware(Walls)
    app.router.routes += [static_files.ROUTE, security_txt.ROUTE]
    app.router.routes.append(Route("/", _home))
    for code in CODES:
        app.mount(f"/{code}", pages)
    return app


async def _home(request: Request) -> Response:
    """The home page, in the language remembered or asked for."""
    remembered = request.cookies.get(LANGUAGE)
    code: Code = next(
        (one for one in CODES if one == remembered), preferred(request.headers.get("accept-language", ""))
    )
    return redirect(f"/{code}/")
