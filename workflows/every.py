"""Every workflow type there is, by the task queue where it lives."""

from workflows.acces_documents import AccesDocuments
from workflows.agrement_assistant_maternel import AgrementAssistantMaternel
from workflows.any_procedure import AnyProcedure
from workflows.apa_domicile import ApaDomicile
from workflows.campaign import Campaign
from workflows.document import Document
from workflows.mandate import Mandate
from workflows.notice import Notice
from workflows.queues import BULK, DOSSIER
from workflows.webhook import Webhook

PROCEDURES: tuple[type, ...] = (ApaDomicile, AgrementAssistantMaternel, AccesDocuments)
WORKFLOWS: dict[str, tuple[type, ...]] = {
    DOSSIER: (*PROCEDURES, Campaign, AnyProcedure, Notice, Mandate),
    BULK: (Webhook, Document),
}
