"""A published version never changes: open dossiers follow it. What the law changes is another version, from a day."""

from collections.abc import Iterator

from catalogue.checks.subject import Subject
from catalogue.errors import CatalogueError, Fault
from catalogue.versions import EDITED, FOLDER, Version, versions
from domain.days_in_words import day_in_figures
from domain.futures.plan_diff import broken_lock
from domain.sentence import N_, Listed, Sentence, Verbatim

FEW = 3


def lock(subject: Subject) -> Iterator[Fault]:
    """The published files are whole, and `procedure.toml` either says the last of them or begins the next."""
    try:
        every = versions(subject.folder)
    except CatalogueError as unreadable:
        yield from unreadable.faults
        return
    for version in every:
        if not version.intact:
            name = f"{subject.slug}/{FOLDER}/{version.path.name}"
            yield Fault(name, 0, "", EDITED, f"git checkout -- procedures/{name}")
    if every:
        yield from _of_last(subject, every[-1])


def _of_last(subject: Subject, last: Version) -> Iterator[Fault]:
    number, published = subject.plan.version, last.plan
    if number == published.version:
        yield from _changed(subject, last)
    elif number != published.version + 1:
        what = Sentence(
            "la version {version} est la dernière publiée : la suivante est la {following}, pas la {number}.",
            version=published.version,
            following=published.version + 1,
            number=number,
        )
        yield subject.fault(("version",), what, f"version = {published.version + 1}", where="version")
    else:
        yield from _undated(subject, last)


def _changed(subject: Subject, last: Version) -> Iterator[Fault]:
    changes = broken_lock(last.plan, subject.plan)
    if not changes:
        return
    told = [change.sentence for change in changes[:FEW]]
    if len(changes) > FEW:
        told.append(Sentence("Et {count} autres.", count=len(changes) - FEW))
    following = last.plan.version + 1
    mend = Sentence(
        "Des dossiers la suivent. Si la loi change, écrivez la version {following} et le jour où elle entre en "
        "vigueur ; sinon rendez au fichier son contenu (git checkout). « guichet procedure diff {slug} » dit tout ce "
        "qui diffère.",
        following=following,
        slug=Verbatim(subject.slug),
    )
    what = Sentence(
        "la version {version} est publiée et ses faits ont changé : {told} {mend}",
        version=last.plan.version,
        told=Listed(told, " "),
        mend=mend,
    )
    yield subject.fault((), what, f"version = {following} puis in_force_from = 2027-01-01", where="version")


def _undated(subject: Subject, last: Version) -> Iterator[Fault]:
    since, before = subject.plan.in_force_from, last.plan.in_force_from
    if since is None:
        what = N_("une nouvelle version dit à compter de quel jour les dépôts la suivent.")
        yield subject.fault((), what, "in_force_from = 2027-01-01", where="in_force_from")
    elif before is not None and since <= before:
        what = Sentence(
            "la version {version} est en vigueur depuis le {before} : la suivante vient après.",
            version=last.plan.version,
            before=day_in_figures(before),
        )
        yield subject.fault(("in_force_from",), what, "in_force_from = 2027-01-01", where="in_force_from")
