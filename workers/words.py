"""The words of e-mails: to people, in French and then in their own language; to agents, in French.

They say that something awaits, and where; never what the matter is.
A subject is seen on locked screens and in other people's servers: it names neither the procedure nor the person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from catalogue.languages import CODES, FRENCH, words
from catalogue.languages import Words as Language
from domain.campaign import Campaign
from domain.days_in_words import day_in_words, instant_in_words
from domain.effects import BEFORE
from domain.plan import Plan
from domain.steps.notice import deemed_after
from domain.worded import N_, Sentence
from storage.mandates import Given


@dataclass(frozen=True, slots=True)
class Words:
    """An e-mail's subject and its body."""

    subject: str
    text: str


BETWEEN = "\n— — —\n\n"
TO_THE_PERSON = {
    "email:filed": (
        N_("Votre demande est enregistrée"),
        N_("Votre demande est enregistrée. Son accusé de réception vous attend."),
    ),
    "email:complete": (
        N_("Votre dossier est complet"),
        N_("Votre dossier est complet : l'accusé de réception vous attend."),
    ),
    "email:pieces": (
        N_("Des pièces vous sont demandées"),
        N_("Des pièces manquent à votre dossier. La liste, la raison de chacune et la date limite vous attendent."),
    ),
    "email:pieces_reminder": (
        N_("Rappel : des pièces sont attendues"),
        N_("Il reste quelques jours pour envoyer les pièces demandées."),
    ),
    "email:answer_proposal": (
        N_("Rappel : une proposition attend votre réponse"),
        N_("Une proposition attend votre réponse. Sans réponse dans le délai indiqué, elle sera réputée refusée."),
    ),
    "email:deemed_refusal": (
        N_("Votre demande est close"),
        N_("Une lettre vous explique pourquoi votre demande est close."),
    ),
    "email:silence": (
        N_("Votre demande a changé d'état"),
        N_("Le délai de réponse est écoulé. Une lettre vous dit ce qui en résulte."),
    ),
    "email:attestation": (
        N_("Votre attestation"),
        N_("L'attestation que vous avez demandée est délivrée : elle est parmi les lettres de votre dossier."),
    ),
    "email:unread_notice": (
        N_("Rappel : une lettre vous attend"),
        N_(
            "Une lettre mise à votre disposition n'a pas encore été ouverte. "
            "Non consultée sous {deemed_after}, elle est réputée reçue le jour où elle a été mise à disposition."
        ),
    ),
    "email:convention": (
        N_("Une convention attend votre signature"),
        N_("Une convention est prête. Relisez-la et signez-la depuis votre espace."),
    ),
    "email:paid": (N_("Un paiement est fait"), N_("Un paiement lié à votre demande vient d'être fait.")),
    "email:report_due": (
        N_("Rappel : un compte rendu est attendu"),
        N_("Le compte rendu de ce qui vous a été accordé est attendu dans {delay}."),
    ),
    "email:transmitted": (
        N_("Votre demande est transmise"),
        N_("Votre demande est transmise à l'autorité compétente. Une lettre vous dit laquelle et ce qui en résulte."),
    ),
    "email:renounced": (
        N_("Votre renonciation est enregistrée"),
        N_("Vous avez renoncé à ce qui vous était accordé. Une lettre en prend acte."),
    ),
    "email:document_ceased": (
        N_("Un document de votre demande n'est plus là"),
        N_("Un document que vous aviez envoyé contenait un virus, ou a été perdu. Votre demande dit lequel."),
    ),
    "email:date_corrected": (
        N_("Une date de votre dossier est corrigée"),
        N_("Une date de votre dossier est corrigée. Une lettre vous dit laquelle et ce qu'elle change."),
    ),
    "email:rectification": (
        N_("Une erreur est rectifiée"),
        N_("Une lettre rectifie une erreur de plume. Elle ne change ni vos droits, ni vos délais."),
    ),
    "email:revocation_intended": (
        N_("Vos observations sont demandées"),
        N_(
            "Le service pourrait revenir sur une décision. Il vous demande d'abord votre avis. Une lettre dit pourquoi."
        ),
    ),
    "email:revocation_lapsed": (
        N_("Votre décision reste acquise"),
        N_("Le service envisageait de revenir sur une décision. Il ne l'a pas fait à temps : elle reste acquise."),
    ),
    "email:message": (N_("Vous avez un message"), N_("Le service qui suit votre demande vous a écrit.")),
    "notice:proposal": (
        N_("Une lettre recommandée électronique vous attend"),
        N_(
            "Une proposition est à votre disposition. Vous l'aurez reçue le jour où vous l'ouvrirez ; "
            "non consultée sous {deemed_after}, elle est réputée reçue le jour de cet envoi (CRPA R112-17 à R112-20)."
        ),
    ),
    "notice:decision": (
        N_("Une lettre recommandée électronique vous attend"),
        N_(
            "Une décision est à votre disposition. Elle vous sera notifiée quand vous l'ouvrirez ; non consultée "
            "sous {deemed_after}, elle est réputée notifiée le jour de cet envoi (CRPA R112-17 à R112-20)."
        ),
    ),
    "notice:revocation": (
        N_("Une lettre recommandée électronique vous attend"),
        N_(
            "Une décision est à votre disposition. Elle vous sera notifiée quand vous l'ouvrirez ; non consultée "
            "sous {deemed_after}, elle est réputée notifiée le jour de cet envoi (CRPA R112-17 à R112-20)."
        ),
    ),
}
TO_AGENTS = {
    "tell:acknowledge": "le dossier complet doit faire l'objet d'un accusé de réception dans {delay}.",
    "tell:pieces": "les pièces demandées sont arrivées, ou leur délai est passé.",
    "tell:assess": "le dossier est complet : l'évaluation peut avoir lieu.",
    "tell:assessment_late": "l'évaluation doit être enregistrée dans {delay}.",
    "tell:propose": "la proposition doit être envoyée dans {delay}.",
    "tell:final_proposal": "la proposition définitive doit être envoyée dans {delay}.",
    "tell:answer": "la personne a répondu à la proposition.",
    "tell:last_useful_day": "il reste {delay} avant que le silence prenne effet.",
    "tell:decide_after_opinion": "l'avis est rendu, ou réputé rendu : la décision doit être signée dans {delay}.",
    "tell:silence": "le silence a pris effet.",
    "tell:opinion_asked": "un avis est demandé.",
    "tell:opinion_given": "l'avis est rendu, ou réputé rendu.",
    "tell:visa": "un visa est donné ; le suivant, ou la décision, peut venir.",
    "tell:visa_refused": "un visa est refusé : le dossier revient à l'examen.",
    "tell:convention": "la convention est signée par une partie.",
    "tell:report": "le compte rendu est reçu.",
    "tell:report_late": "le compte rendu n'est pas venu à temps.",
    "tell:message_sent": "la personne a écrit un message.",
    "tell:observations_given": "la personne a présenté ses observations sur le retrait envisagé.",
    "tell:revocation_lapsed": "le retrait envisagé n'a pas été décidé à temps : la décision favorable reste acquise.",
    "tell:withdrawn": "la personne a retiré sa demande.",
    "tell:document_ceased": "un document contenait un virus, ou son contenu est perdu ; le journal dit lequel.",
    "tell:date_corrected": "une date du dossier est corrigée : ses délais sont recalculés.",
    "tell:renounced": "la personne renonce à ce qui lui était accordé.",
    "tell:taken_over": "la personne a repris le dossier à son compte.",
    "tell:post_instead": "l'avis électronique n'a pas pu être remis à la personne : envoyez la lettre par la poste, en "
    "recommandé, et enregistrez son avis de réception.",
    "tell:post_letter": "la personne n'a pas d'adresse électronique : une lettre faite pour elle est à envoyer par la "
    "poste.",
    "tell:post_copy": "une lettre dit à qui en donner copie : cette copie est à envoyer par la poste.",
    "tell:post_message": "la personne n'a pas d'adresse électronique : le message qui lui est écrit est à lui porter "
    "autrement (téléphone, courrier).",
    "tell:post": "une lettre est à envoyer par la poste, en recommandé, et son avis de réception à enregistrer.",
    "tell:incident": "une opération automatique a échoué ; un incident vous attend dans le dossier.",
    "incident:silence_voided": "un fait connu après coup contredit un effet du silence ; un incident vous attend.",
}


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
    said = TO_THE_PERSON.get(kind)
    if said is None:
        return None
    subject, sentence = said[0], _filled(said[1], kind, plan)
    told = [
        each.gettext(BODY).format(sentence=each.say(sentence), reference=reference, url=public_url)
        for each in _languages(code)
    ]
    return Words(_languages(code)[-1].gettext(subject), BETWEEN.join(told))


def for_agents(kind: str, plan: Plan, reference: str, public_url: str) -> Words | None:
    """The e-mail of `kind` to agents; None when there is no such kind."""
    text = TO_AGENTS.get(kind)
    if text is None:
        return None
    return Words(f"Dossier {reference}", f"Dossier {reference} : {_filled(text, kind, plan)}\n\n{public_url}\n")


def _filled(text: str, kind: str, plan: Plan) -> Sentence:
    """The sentence with the delays that it names: of the reminder itself, and of a notice left unread."""
    before = BEFORE.get(kind)
    return Sentence(
        text, delay=before.in_words() if before is not None else "", deemed_after=deemed_after(plan).in_words()
    )


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
