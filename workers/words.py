"""The words of e-mails: to people, in French and then in their own language; to agents, in French.

They say that something awaits, and where; never what the matter is.
A subject is seen on locked screens and in other people's servers: it names neither the procedure nor the person.
"""

from dataclasses import dataclass
from datetime import date

from catalogue.languages import CODES, FRENCH, words
from catalogue.languages import Words as Language
from domain.campaign import Campaign
from domain.days_in_words import day_in_words, instant_in_words
from domain.effects import EFFECTS, filled
from domain.plan import Plan
from domain.sentence import N_
from storage.accounts.mandates import Given


@dataclass(frozen=True, slots=True)
class Words:
    """An e-mail's subject and its body."""

    subject: str
    text: str


BETWEEN = "\n— — —\n\n"
OF_THE_WORKER = {
    "tell:post_letter": "la personne n'a pas d'adresse électronique : une lettre faite pour elle est à envoyer par la "
    "poste.",
    "tell:post_copy": "une lettre dit à qui en donner copie : cette copie est à envoyer par la poste.",
    "tell:said_otherwise": "la personne n'a pas d'adresse électronique : dites-lui autrement (téléphone, courrier) ce "
    "que le courriel aurait dit : « {sentence} »",
    "tell:post_message": "la personne n'a pas d'adresse électronique : le message qui lui est écrit est à lui porter "
    "autrement (téléphone, courrier).",
    "tell:post": "une lettre est à envoyer par la poste, en recommandé, et son avis de réception à enregistrer.",
    "tell:incident": "une opération automatique a échoué ; un incident vous attend dans le dossier.",
}
"""What agents are told that no event calls for."""


BODY = N_("""Bonjour,

{sentence}

Référence : {reference}
Connectez-vous : {url}

Ce message est automatique ; ne répondez pas à cette adresse.
""")
GIVEN_SUBJECT = N_("Un mandat est donné en votre nom")
GIVEN_BODY = N_("""Bonjour,

Un mandat de {name} est enregistré. Il permet à {organisation} de faire des démarches à sa place, jusqu'au {day}.

Connectez-vous pour voir lesquelles, et ce qui est fait. Vous pouvez arrêter ce mandat à tout moment.
Si vous n'avez rien signé, arrêtez-le tout de suite.

{url}
""")
ENDS_SUBJECT = N_("Un mandat prend fin bientôt")
ENDS_BODY = N_("""Bonjour,

Le mandat donné à {organisation} prend fin le {day}.
Passé ce jour, seul un nouveau mandat lui permettra d'agir pour vous.

{url}
""")


def for_the_person(kind: str, plan: Plan, reference: str, public_url: str, code: str | None = None) -> Words | None:
    """The e-mail of `kind` to the person, in French, then in their language; None when there is no such kind."""
    said = EFFECTS.get(kind)
    if said is None or said.verb not in {"email", "notice"}:
        return None
    subject, sentence = said.title, filled(said, plan)
    told = [
        each.gettext(BODY).format(sentence=each.say(sentence), reference=reference, url=public_url)
        for each in _languages(code)
    ]
    return Words(_languages(code)[-1].gettext(subject), BETWEEN.join(told))


def for_agents(kind: str, plan: Plan, reference: str, public_url: str, instead: str = "") -> Words | None:
    """The e-mail of `kind` to agents; None when there is no such kind. `instead`: the e-mail that cannot leave."""
    said, lost = EFFECTS.get(kind), EFFECTS.get(instead)
    text = filled(said, plan) if said is not None and said.verb in {"tell", "incident"} else OF_THE_WORKER.get(kind)
    if text is None:
        return None
    if lost is not None:
        text = text.format(sentence=filled(lost, plan))
    return Words(f"Dossier {reference}", f"Dossier {reference} : {text}\n\n{public_url}\n")


def mandate_ends(organisation: str, last_day: date, public_url: str, code: str | None = None) -> Words:
    """The warning that a mandate ends in thirty days, in French, then in the resident's language."""
    told = [
        each.gettext(ENDS_BODY).format(organisation=organisation, day=each.date(last_day), url=public_url)
        for each in _languages(code)
    ]
    return Words(_languages(code)[-1].gettext(ENDS_SUBJECT), BETWEEN.join(told))


def mandate_given(given: Given, last_day: date, public_url: str, code: str | None = None) -> Words:
    """The word that a mandate is in force, in French, then in the resident's language."""
    told = [
        each.gettext(GIVEN_BODY).format(
            name=given.resident_name, organisation=given.organisation_name, day=each.date(last_day), url=public_url
        )
        for each in _languages(code)
    ]
    return Words(_languages(code)[-1].gettext(GIVEN_SUBJECT), BETWEEN.join(told))


def _languages(code: str | None) -> tuple[Language, ...]:
    """French, then the reader's own when it is another."""
    return tuple(words(each) for each in CODES if each in {FRENCH, code})


def of_campaign(moment: str, campaign: Campaign, count: int, public_url: str) -> Words:
    """What agents are told of a campaign at one of its moments; `count` requests were filed in it so far."""
    session = day_in_words(campaign.session)
    said = {
        "opened": f"est ouverte jusqu'au {instant_in_words(campaign.closes)}.",
        "closed": f"est close. Demandes déposées : {count}. Le vote est prévu le {session}.",
        "vote_soon": f"est soumise au vote le {session}. Demandes à évaluer et à classer avant : {count}.",
        "voted": f"devait être votée le {session}. Demandes dont enregistrer le vote, si ce n'est pas fait : {count}.",
    }
    sentence = said.get(moment, "avance.")
    return Words(f"Campagne : {campaign.title}", f"La campagne « {campaign.title} » {sentence}\n\n{public_url}\n")
