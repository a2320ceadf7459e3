"""A table or a file that a coordinator sends from Slack: first looked at, then recorded as it was shown."""

import hashlib

from bot.domain.register.imports import Batch, FilePlace, Imported, Notice
from bot.domain.register.people import Request
from bot.domain.values import replace
from bot.operations.imports.imports import Sender, import_file
from bot.operations.imports.people import with_people
from bot.operations.request import actors
from bot.operations.request.context import Services


def look(services: Services, request: Request, batch: Batch, brought_by: str) -> Imported:
    """Find out what would be recorded. `brought_by` is the form or the file that it comes by.

    Raises FileRefused, NotReachable, NotACoordinator, Busy."""
    return _import(services, request, batch, brought_by, "")


def record(services: Services, request: Request, batch: Batch, brought_by: str, plan_shown: str) -> Imported:
    """Record all of it, or nothing, and once for each `brought_by`. `plan_shown` is the fingerprint of what
    `look` returned.

    Raises NotAsShown too, where that has changed."""
    imported = _import(services, request, batch, brought_by, plan_shown)
    if imported.effects:
        services.names.forget()
        codes = {effect.update.draft.body_code for effect in imported.effects}
        for code in sorted(code or "" for code in codes):
            services.changed(request.who, code or None)
    return imported


def _import(services: Services, request: Request, batch: Batch, brought_by: str, plan_shown: str) -> Imported:
    actors.must_coordinate(services.store, request)
    notices = [Notice(FilePlace("", "", 0), "", text) for text in batch.passed_over]
    batch = replace(batch, notices=(*batch.notices, *notices))
    with_ids = with_people(batch, services.directory, services.roster)
    digest = hashlib.sha256(f"{brought_by}:{batch.digest}".encode()).hexdigest()
    return import_file(
        services.unhurried or services.store,
        replace(with_ids.batch, digest=digest),
        request.instant,
        dry_run=not plan_shown,
        sender=Sender(request, with_ids.people, plan_shown),
    )
