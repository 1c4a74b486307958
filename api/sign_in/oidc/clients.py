"""The clients of this process, one for each provider: what each provider said of itself is asked once an hour."""

from api.services import Services
from api.sign_in.oidc.client import Client
from api.sign_in.oidc.providers import Name, wanted


def client_of(services: Services, name: Name) -> Client:
    """Our client at that provider. Raises NotSignedIn when the settings do not name it."""
    if name not in services.openid:
        services.openid[name] = Client(wanted(services.settings, name))
    return services.openid[name]
