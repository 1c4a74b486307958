"""What administrators do, each act written to the administrators' log in the same transaction.

The API (as an administrator) and the command line (as the operator, `actor` None) call the same functions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.permissions import Role, Scope
from storage.accounts import accounts, groups, identities, organisations, passwords, tokens, totp
from storage.accounts.accounts import STAFF, Account, Audience
from storage.accounts.admin_log import note
from storage.engine.master_key import MasterKey


class NotAdmitted(ValueError):
    """The act makes no sense for this account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStaff:
    """A new account's two factors, shown this once; `password` is None when the caller chose it."""

    id: UUID
    password: str | None = field(repr=False)
    otpauth_uri: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Office:
    """An administrator at work: where, with which key, and who (None: the operator, by the command line)."""

    connection: AsyncConnection
    master: MasterKey
    actor: UUID | None

    async def log(self, action: str, target: object, **detail: object) -> None:
        """Append to the log."""
        await note(self.connection, self.actor, action, target, **detail)

    async def add_staff(
        self,
        audience: Audience,
        email: str,
        name: str,
        *,
        password: str | None = None,
        organisation: UUID | None = None,
        to_change: bool = True,
    ) -> NewStaff:
        """Create an agent, a mediator or an administrator. Raises AlreadyExists, WeakPassword, NotAdmitted, Unknown.

        Whoever creates the account knows its password: its owner chooses another at the first sign-in (`to_change`).
        """
        if audience not in STAFF:
            raise NotAdmitted("Les usagers créent leur compte eux-mêmes, à leur première connexion.")
        if organisation is not None and audience != "mediator":
            raise NotAdmitted("Seul un médiateur appartient à une organisation.")
        if organisation is not None:
            await organisations.read(self.connection, organisation)
        chosen = password or passwords.generated()
        passwords.refuse_weak(chosen, email=email)
        secret = totp.new_secret()
        account = await accounts.add(
            self.connection,
            self.master,
            audience,
            email,
            name,
            password_hash=await passwords.hashed(chosen),
            password_to_change=to_change,
            totp_secret=secret,
            organisation=organisation,
        )
        await self.log("account.add", account, audience=audience)
        uri = totp.enrolment_uri(secret, email)
        return NewStaff(id=account, password=None if password else chosen, otpauth_uri=uri)

    async def disable(self, account: UUID) -> None:
        """Shut somebody out, their sessions included. Raises NotAdmitted for oneself, Unknown."""
        if account == self.actor:
            raise NotAdmitted("On ne désactive pas son propre compte : demandez à un autre administrateur.")
        await accounts.disable(self.connection, account)
        await self.log("account.disable", account)

    async def enable(self, account: UUID) -> None:
        """Let somebody in again. Raises Unknown."""
        await accounts.enable(self.connection, account)
        await self.log("account.enable", account)

    async def reset_second_factor(self, account: UUID) -> str:
        """Replace the second factor, and give its enrolment address, once. Raises NotAdmitted, Unknown."""
        found = await self._staff(account)
        secret = totp.new_secret()
        await accounts.set_second_factor(self.connection, self.master, account, secret)
        await self.log("account.reset-second-factor", account)
        return totp.enrolment_uri(secret, found.email)

    async def reset_password(self, account: UUID, *, to_change: bool = True) -> str:
        """Replace the password, and give the new one, once; every session ends. Raises NotAdmitted, Unknown."""
        await self._staff(account)
        password = passwords.generated()
        digest = await passwords.hashed(password)
        await accounts.set_password(self.connection, account, digest, to_change=to_change)
        await accounts.end_sessions(self.connection, account)
        await self.log("account.reset-password", account)
        return password

    async def unbind(self, account: UUID, issuer: str) -> None:
        """Unbind an account from an OpenID provider, and end its sessions. Raises Unknown."""
        await identities.unbind(self.connection, account, issuer)
        await accounts.end_sessions(self.connection, account)
        await self.log("account.unbind", account, issuer=issuer)

    async def add_group(self, slug: str, title: str, procedures: Sequence[str]) -> None:
        """Create a group of agents. Raises AlreadyExists."""
        await groups.add(self.connection, slug, title, procedures)
        await self.log("group.add", slug, procedures=sorted(procedures))

    async def serve(self, slug: str, procedures: Sequence[str]) -> None:
        """Replace the procedures a group serves. Raises Unknown."""
        await groups.serve(self.connection, slug, procedures)
        await self.log("group.serve", slug, procedures=sorted(procedures))

    async def put_member(self, slug: str, account: UUID, role: Role) -> None:
        """Put an agent in a group, with a role. Raises Unknown."""
        await groups.put_member(self.connection, slug, account, role)
        await self.log("group.put-member", slug, account=str(account), role=role)

    async def remove_member(self, slug: str, account: UUID) -> None:
        """Take an agent out of a group. Raises Unknown."""
        await groups.remove_member(self.connection, slug, account)
        await self.log("group.remove-member", slug, account=str(account))

    async def add_organisation(self, name: str, siret: str | None) -> UUID:
        """Create a mediators' organisation. Raises AlreadyExists."""
        organisation = await organisations.add(self.connection, name, siret)
        await self.log("organisation.add", organisation)
        return organisation

    async def set_organisation_enabled(self, organisation: UUID, *, enabled: bool) -> None:
        """Admit an organisation, or shut it out with its mediators. Raises Unknown."""
        await organisations.set_enabled(self.connection, organisation, enabled=enabled)
        await self.log(f"organisation.{'enable' if enabled else 'disable'}", organisation)

    async def attach(self, organisation: UUID, mediator: UUID) -> None:
        """Make a mediator a member. Raises Unknown."""
        await organisations.attach(self.connection, organisation, mediator)
        await self.log("organisation.attach", organisation, account=str(mediator))

    async def detach(self, organisation: UUID, mediator: UUID) -> None:
        """Take a mediator out. Raises Unknown."""
        await organisations.detach(self.connection, organisation, mediator)
        await self.log("organisation.detach", organisation, account=str(mediator))

    async def create_token(self, name: str, scopes: Sequence[Scope], lasting: timedelta) -> tokens.Created:
        """Give a token to a system, shown once. Raises ValueError."""
        created = await tokens.create(self.connection, name, scopes, lasting)
        await self.log("token.create", created.id, system=str(created.system), scopes=[str(one) for one in scopes])
        return created

    async def revoke_token(self, token: UUID) -> None:
        """Stop a token at once. Raises Unknown."""
        await tokens.revoke(self.connection, token)
        await self.log("token.revoke", token)

    async def _staff(self, account: UUID) -> Account:
        found = await accounts.read(self.connection, self.master, account)
        if found.audience not in STAFF:
            raise NotAdmitted("Un usager se connecte par un code reçu par courriel : rien n'est à réinitialiser.")
        return found
