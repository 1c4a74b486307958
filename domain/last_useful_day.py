"""By when a decision must leave, channel by channel, so that silence does not decide instead."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.days_in_words import day_in_figures
from domain.dossier import Dossier
from domain.sentence import Sentence
from domain.steps.notice_events import deemed_after

# Days a registered letter takes to be handed over; a practice, not a text: à confirmer.
REGISTERED_MAIL_DAYS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LastUsefulDay:
    """The last civil day for `channel`, and why."""

    channel: str
    day: date
    why: Sentence


def last_useful_days(dossier: Dossier) -> tuple[LastUsefulDay, ...]:
    """The last useful day for each channel; empty when silence decides nothing or has already decided."""
    clock = dossier.plan.clock
    expires = dossier.reckoning().expires if dossier.facts else None
    if expires is None or clock.silence == "none" or dossier.silence is not None or dossier.stopped() is not None:
        return ()
    if clock.stopped_by == "decision":
        return (
            LastUsefulDay(
                channel="signature", day=expires, why=Sentence("La signature de la décision arrête le délai.")
            ),
        )
    by_post = expires - timedelta(days=REGISTERED_MAIL_DAYS)
    days = [
        LastUsefulDay(channel="hand", day=expires, why=Sentence("Remise en main propre : la remise arrête le délai.")),
        LastUsefulDay(
            channel="registered_mail",
            day=by_post,
            why=Sentence(
                "Lettre recommandée : elle doit être remise au plus tard le {day} ; {count} jours d'acheminement "
                "(à confirmer).",
                day=day_in_figures(expires),
                count=REGISTERED_MAIL_DAYS,
            ),
        ),
    ]
    decision = dossier.decision
    if dossier.electronic_notice and not (decision is not None and decision.seq in dossier.by_post):
        days.append(
            LastUsefulDay(
                channel="electronic",
                day=expires,
                why=Sentence(
                    "Voie électronique : consultée, ou réputée reçue le jour de sa mise à disposition "
                    "après {delay} sans consultation (CRPA R112-17 à R112-20, à confirmer).",
                    delay=deemed_after(dossier.plan).in_words(),
                ),
            )
        )
    return tuple(days)
