"""A draft as its pages show it: the form's pages with where each stands, the pieces with their files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from api.form_errors import unanswered
from api.http import problem_types as types
from api.http.problems import Problem
from api.offer import form_of, in_force
from api.residents import documents, drafts
from api.residents.acting import Acting
from api.residents.drafts import DraftOut
from api.services import Services
from catalogue.forms import Form
from catalogue.loader import catalogue
from catalogue.schemas import resolved
from domain.plan import Piece, Plan
from domain.sentence import N_
from web.forms.questions import questions
from web.residents.sending import Sent
from web.site.page import Here

State = Literal["todo", "begun", "done"]
STATES: Mapping[str, str] = {"todo": N_("à faire"), "begun": N_("commencée"), "done": N_("faite")}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageState:
    """A page of the form; `open` once those before it are done."""

    name: str
    title: str
    state: State
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceState:
    """A piece and the files sent for it; `wanted`: it is required of this person and nothing answers it."""

    piece: Piece
    required: bool
    sent: tuple[Sent, ...]

    @property
    def wanted(self) -> bool:
        """Whether it is still to be given."""
        return self.required and not any(each.counts for each in self.sent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A draft being filled in. `plan` is what it will be filed under; `form` the version that it follows."""

    draft: DraftOut
    plan: Plan
    form: Form
    pages: tuple[PageState, ...]
    pieces: tuple[PieceState, ...]
    base: str

    @property
    def outdated(self) -> bool:
        """Whether another version of the form was published since it was begun."""
        return self.draft.form_version != self.plan.form

    @property
    def files(self) -> dict[str, str]:
        """The names of the files sent, by identifier: what a question of the form may refer to."""
        return {str(s.document.id): s.document.name or "" for each in self.pieces for s in each.sent}

    @property
    def first_undone(self) -> PageState | None:
        """The first page that is not done."""
        return next((page for page in self.pages if page.state != "done"), None)

    def page(self, name: str) -> PageState:
        """One page. Raises Problem for one that is not asked."""
        for found in self.pages:
            if found.name == name:
                return found
        raise Problem(types.NOT_FOUND, "Le formulaire n'a pas de page à cette adresse.")

    def beside(self, name: str, step: int) -> PageState | None:
        """The page before (-1) or after (+1)."""
        rank = [page.name for page in self.pages].index(name) + step
        return self.pages[rank] if 0 <= rank < len(self.pages) else None

    def piece(self, key: str) -> PieceState:
        """One piece. Raises Problem for one that the procedure does not know."""
        for found in self.pieces:
            if found.piece.key == key:
                return found
        raise Problem(types.NOT_FOUND, "La démarche ne demande aucune pièce de ce nom.")


async def filling(services: Services, here: Here, acting: Acting, draft: UUID) -> Filling:
    """The draft, read for a page. Raises NotFound."""
    found = await drafts.my_draft(draft, acting, services)
    listed = await documents.list_documents(draft, acting, services)
    plan = in_force(found.procedure)
    form = form_of(catalogue().plan(found.procedure), found.form_version)
    return Filling(
        draft=found,
        plan=plan,
        form=form,
        pages=_pages(form, found),
        pieces=tuple(
            PieceState(
                piece=piece,
                required=piece.required_for(found.content),
                sent=tuple(Sent(document=each) for each in listed if each.piece == piece.key),
            )
            for piece in plan.pieces
        ),
        base=here.at_counter(f"/brouillons/{draft}"),
    )


def _pages(form: Form, draft: DraftOut) -> tuple[PageState, ...]:
    now = questions(form.schema, draft.content, form.schema)
    pages: list[PageState] = []
    reached = True
    for name, schema in now.fields.items():
        state = _state(form, name, draft, required=name in now.required)
        title = str(resolved(schema, form.schema).get("title", name))
        pages.append(PageState(name=name, title=title, state=state, open=reached))
        reached = reached and (state == "done" or not unanswered(form, name, draft.content))
    return tuple(pages)


def _state(form: Form, name: str, draft: DraftOut, *, required: bool) -> State:
    if name not in draft.content:
        return "todo"
    if unanswered(form, name, draft.content):
        return "begun" if draft.content[name] or not required else "todo"
    return "done"
