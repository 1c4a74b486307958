"""The fold: what each event makes of a dossier. Total: it never refuses and never fails."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from domain.calendar import civil
from domain.clock import Fact
from domain.clock_history import annuls
from domain.dossier import (
    Dated,
    DecisionState,
    Dossier,
    NoticeState,
    OpenRequest,
    ProposalState,
    SilenceState,
)
from domain.events import (
    Acknowledged,
    Assessed,
    Completed,
    Corrected,
    Decided,
    Event,
    Filed,
    MessageSent,
    NoticeAvailable,
    NoticeDeemed,
    NoticeRead,
    Notified,
    PieceReceived,
    PiecesLapsed,
    PiecesProvided,
    PiecesRequested,
    ProposalAnswered,
    ProposalReceived,
    ProposalSilent,
    Proposed,
    ReceivedByCompetent,
    SilenceTookEffect,
    SilenceVoided,
    Taken,
    TakenOver,
    Withdrawn,
)
from domain.happened import OfStep
from domain.lengthened import Extended, Resumed, Suspended


def evolve(dossier: Dossier, event: Event) -> Dossier:
    """The dossier after `event`, one entry further."""
    following = replace(dossier, seq=dossier.seq + 1)
    match event:
        case Filed() | ReceivedByCompetent() | Completed() | Acknowledged() | Corrected():
            return _filing(following, event)
        case PiecesRequested() | PieceReceived() | PiecesProvided() | PiecesLapsed():
            return _pieces(following, event)
        case Assessed():
            return replace(following, assessed=event.effective, findings=event.findings)
        case Proposed() | ProposalReceived() | ProposalAnswered() | ProposalSilent():
            return _proposal(following, event)
        case NoticeAvailable() | NoticeRead() | NoticeDeemed():
            return _notice(following, event)
        case Decided() | Notified() | SilenceTookEffect() | SilenceVoided():
            return _decision(following, event)
        case Extended() | Suspended() | Resumed():
            return _clock(following, event)
        case Taken() | TakenOver() | Withdrawn() | MessageSent():
            return _people(following, event)
        case OfStep():
            return event.upon(following)


def _dated(dossier: Dossier, event: Event, kind: Any, **more: Any) -> tuple[Dated, ...]:
    return (*dossier.facts, Dated(fact=Fact(on=civil(event.effective), kind=kind, **more), seq=dossier.seq))


def _filing(dossier: Dossier, event: Filed | ReceivedByCompetent | Completed | Acknowledged | Corrected) -> Dossier:
    match event:
        case Filed():
            return replace(
                dossier,
                filed=event.effective,
                form=event.form,
                pieces=dict(event.pieces),
                electronic_notice=event.electronic_notice,
                initially=event.initially,
                came_by=event.came_by,
                facts=_dated(dossier, event, "filed"),
            )
        case ReceivedByCompetent():
            return replace(dossier, competent=event.effective, facts=_dated(dossier, event, "received_by_competent"))
        case Completed():
            return replace(dossier, complete=event.effective, facts=_dated(dossier, event, "complete"))
        case Acknowledged():
            return replace(dossier, acknowledged=event.effective, facts=_dated(dossier, event, "acknowledged"))
        case Corrected():
            return replace(dossier, form=event.form)


def _pieces(dossier: Dossier, event: PiecesRequested | PieceReceived | PiecesProvided | PiecesLapsed) -> Dossier:
    match event:
        case PiecesRequested():
            return _requested(dossier, event)
        case PieceReceived():
            held = (*dossier.pieces.get(event.piece, ()), *event.documents)
            requests = tuple(
                replace(request, keys=tuple(key for key in request.keys if key != event.piece))
                for request in dossier.requests
            )
            return replace(
                dossier,
                pieces={**dossier.pieces, event.piece: held},
                received={**dossier.received, event.piece: event.effective},
                requests=requests,
            )
        case PiecesProvided():
            return _provided(dossier, event)
        case PiecesLapsed():
            lapsed = tuple(_lapse(request, event) for request in dossier.requests)
            return replace(dossier, requests=lapsed)


def _requested(dossier: Dossier, event: PiecesRequested) -> Dossier:
    """One request more; what it asks for again is awaited by it alone, and still moves what it moved."""
    keys = tuple(piece.key for piece in event.pieces)
    facts = _dated(dossier, event, "pieces_requested", until=event.until) if event.moves_clock else dossier.facts
    before = dossier.requests
    again = event.replaces and any(request.moves_clock and set(request.keys) & set(keys) for request in before)
    if event.replaces:
        before = tuple(replace(each, keys=tuple(key for key in each.keys if key not in keys)) for each in before)
    asked = OpenRequest(
        seq=dossier.seq,
        keys=keys,
        asked=keys,
        until=event.until,
        moves_clock=event.moves_clock or again,
        in_receipt=event.in_receipt and event.replaces,
    )
    return replace(dossier, requests=(*before, asked), facts=facts)


def _provided(dossier: Dossier, event: PiecesProvided) -> Dossier:
    """What was asked for is there. A request made when it already was moved nothing: its fact goes.

    What no text requires may still come: it is no longer what the clock waits for.
    """
    asked_on = {dated.seq: dated.fact.on for dated in dossier.facts}
    moving = [request for request in dossier.requests if request.moves_clock and request.seq in asked_on]
    needless = {request.seq for request in moving if asked_on.get(request.seq, date.min) > civil(event.effective)}
    facts = tuple(dated for dated in dossier.facts if dated.seq not in needless)
    left = tuple(replace(request, moves_clock=False) for request in dossier.awaiting())
    after = replace(dossier, facts=facts, requests=left)
    if len(needless) < len(moving):
        after = replace(after, facts=_dated(after, event, "pieces_provided"))
    elif not _held_back(dossier):
        return after
    again = dossier.complete is not None and annuls(dossier.plan.clock)
    return replace(after, complete=event.effective) if again else after


def _held_back(dossier: Dossier) -> bool:
    """Whether a piece that a text requires was asked for before the delay began: the file was not complete."""
    asked = (key for request in dossier.requests for key in request.asked)
    return dossier.reckoning().started is None and any(dossier.requires(key) for key in asked)


def _lapse(request: OpenRequest, event: PiecesLapsed) -> OpenRequest:
    return replace(request, lapsed=True) if civil(event.effective) > request.until else request


def _proposal(dossier: Dossier, event: Proposed | ProposalReceived | ProposalAnswered | ProposalSilent) -> Dossier:
    if isinstance(event, Proposed):
        proposal = ProposalState(seq=dossier.seq, sent=event.effective, content=event.content, final=event.final)
        return replace(dossier, proposal=proposal)
    if dossier.proposal is None:
        return dossier
    match event:
        case ProposalReceived():
            notice = dossier.notice_of(event.target)
            recorded = notice.deemed if notice is not None else None
            return replace(dossier, proposal=replace(dossier.proposal, received=event.effective, recorded=recorded))
        case ProposalAnswered():
            return replace(dossier, proposal=replace(dossier.proposal, answer=event.answer, answered=event.effective))
        case ProposalSilent():
            return replace(dossier, proposal=replace(dossier.proposal, silent=True, answered=event.effective))


def _notice(dossier: Dossier, event: NoticeAvailable | NoticeRead | NoticeDeemed) -> Dossier:
    if isinstance(event, NoticeAvailable):
        notice = NoticeState(of=event.of, target=event.target, available=event.effective)
        return replace(dossier, notices=(*dossier.notices, notice))
    notices = tuple(_close(notice, event) if notice.target == event.target else notice for notice in dossier.notices)
    return replace(dossier, notices=notices)


def _close(notice: NoticeState, event: NoticeRead | NoticeDeemed) -> NoticeState:
    if isinstance(event, NoticeRead):
        return replace(notice, read=event.effective)
    return replace(notice, deemed=event.effective)


def _decision(dossier: Dossier, event: Decided | Notified | SilenceTookEffect | SilenceVoided) -> Dossier:
    match event:
        case Decided():
            decision = DecisionState(
                seq=dossier.seq,
                signed=event.effective,
                outcome=event.outcome,
                favourable=event.favourable,
                content=event.content,
            )
            return replace(dossier, decision=decision)
        case Notified() if dossier.revocation is not None and event.target == dossier.revocation.seq:
            return replace(dossier, revocation=replace(dossier.revocation, notified=event.effective))
        case Notified():
            # What was cancelled or withdrawn meanwhile is notified no more.
            if dossier.decision is None or (dossier.revocation is not None and event.target < dossier.revocation.seq):
                return dossier
            # The first reception counts, whatever brings a second copy.
            first = min(event.effective, dossier.decision.notified or event.effective)
            return replace(dossier, decision=replace(dossier.decision, notified=first))
        case SilenceTookEffect():
            return replace(dossier, silence=SilenceState(seq=dossier.seq, effect=event.effect, since=event.effective))
        case SilenceVoided(of="proposal") if dossier.proposal is not None:
            return replace(dossier, proposal=replace(dossier.proposal, silent=False))
        case SilenceVoided():
            return replace(dossier, silence=None)


def _clock(dossier: Dossier, event: Extended | Suspended | Resumed) -> Dossier:
    match event:
        case Extended():
            return replace(dossier, facts=_dated(dossier, event, "extended", by=event.by))
        case Suspended():
            return replace(dossier, suspended=True, facts=_dated(dossier, event, "suspended"))
        case Resumed():
            return replace(dossier, suspended=False, facts=_dated(dossier, event, "resumed"))


def _people(dossier: Dossier, event: Taken | TakenOver | Withdrawn | MessageSent) -> Dossier:
    match event:
        case Taken():
            return replace(dossier, agent=event.agent, agent_name=event.agent_name)
        case TakenOver():
            return replace(dossier, taken_over=event.effective)
        case Withdrawn():
            return replace(dossier, withdrawn=event.effective)
        case MessageSent():
            return replace(dossier, messages=dossier.messages + 1)
