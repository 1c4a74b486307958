"""The ways in through a provider: at which pages each begins, and where it leads."""

from dataclasses import dataclass

from api.services import Services
from api.sign_in.identity import AgentPerson, MediatorPerson, Person, ResidentPerson
from api.sign_in.oidc.client import Client
from api.sign_in.oidc.clients import client_of
from api.sign_in.oidc.providers import Name, provider
from web.site.page import Here
from web.site.spaces import space_of


@dataclass(frozen=True, slots=True)
class Way:
    """Signing in to one space through one provider."""

    kind: type[Person]
    provider: Name

    @property
    def base(self) -> str:
        """The page that leaves for the provider; the others of this way are under it."""
        return f"{space_of(self.kind).sign_in}/{self.provider}"

    @property
    def sign_in(self) -> str:
        """The page that offers the other ways in."""
        return space_of(self.kind).sign_in

    @property
    def home(self) -> str:
        """Where one arrives."""
        return space_of(self.kind).home

    def is_open(self, services: Services) -> bool:
        """Whether the settings name the provider."""
        return provider(services.settings, self.provider) is not None

    def client(self, services: Services) -> Client:
        """Our client there. Raises NotSignedIn."""
        return client_of(services, self.provider)

    def return_address(self, here: Here, services: Services) -> str:
        """The address, declared at the provider, at which the browser comes back (one for each language)."""
        return absolute(services, here.url(f"{self.base}/retour"))


RESIDENTS = Way(ResidentPerson, "franceconnect")
STAFF = (Way(AgentPerson, "proconnect"), Way(MediatorPerson, "proconnect"))
WAYS = (RESIDENTS, *STAFF)


def absolute(services: Services, path: str) -> str:
    """The whole address of one of our pages."""
    return services.settings.public_url.rstrip("/") + path
