"""The attestation of what silence grants: said where it grants, issued by itself or asked for (CRPA L232-3)."""

from collections.abc import Iterator

from catalogue.checks.subject import Subject
from catalogue.errors import Fault
from domain.sentence import N_

ASKED = "request_attestation"


def attestations(subject: Subject) -> Iterator[Fault]:
    """Where silence accepts, how it is attested; where it is asked for, a case asks for it: its letter is tried."""
    plan = subject.plan
    accepts = plan.clock.silence == "acceptance"
    if accepts and not plan.attestation:
        what = N_("le silence vaut acceptation, et rien ne dit si l'attestation est délivrée d'office (CRPA L232-3).")
        yield subject.fault(["clock", "silence"], what, 'attestation = "on_request", avant [clock]')
    if plan.attestation and not accepts:
        yield subject.fault(
            ["attestation"],
            N_("le silence n'accorde rien ici : il n'y a rien à attester."),
            N_("le même fichier sans cette ligne"),
        )
    asked = any(act.act == ASKED and not act.refused for case in subject.cases for act in case.acts)
    if accepts and plan.attestation == "on_request" and not asked:
        what = N_("aucun cas ne demande l'attestation : sa lettre ne serait jamais essayée.")
        yield subject.fault(["attestation"], what, f'{{ on = "2027-04-05", act = "{ASKED}" }}, dans cases.toml')
