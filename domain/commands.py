"""Every act: what somebody asks of a dossier. `decide` turns one into events, or refuses it.

`effective`, `channel` and `evidence` are for facts that are written down after they happened (a paper filing,
a postal receipt): left out, the act happens now.
"""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Annotated, Any

from pydantic import Discriminator, TypeAdapter

from domain.actors import Kinds
from domain.command import Command
from domain.index import defined

COMMANDS: Mapping[str, type[Command]] = {each.act(): each for each in defined(Command)}
"""Every act by its name."""
WHO: Mapping[str, Kinds] = {name: each.by for name, each in COMMANDS.items()}
AnyCommand: Any = Annotated[reduce(or_, COMMANDS.values()), Discriminator("kind")]
COMMAND: TypeAdapter[Command] = TypeAdapter(AnyCommand)
