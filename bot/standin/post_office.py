"""Takes payloads to the bot by HTTP or Socket Mode, and brings back what the person is to read."""

import queue

from bot.standin.delivery import CommandFailed, Delivery, Json, OperationTimeout, TroubleConnecting
from bot.standin.http_delivery import HttpDelivery
from bot.standin.messages import Finding, Reply
from bot.standin.refusal import Refusal
from bot.standin.response_urls import ResponseUrls, show_reply
from bot.standin.socket_mode import SocketMode
from bot.standin.submissions import Answer, read_answer
from bot.standin.workspace import Workspace


class PostOffice:
    """`by_http` is set where the app has a request URL; else its Socket Mode connections are used."""

    def __init__(self, workspace: Workspace, socket_mode: SocketMode, response_urls: ResponseUrls) -> None:
        self._workspace = workspace
        self._socket_mode = socket_mode
        self.response_urls = response_urls
        self.by_http: HttpDelivery | None = None
        self._last: Delivery | None = None
        self._last_told: Delivery | None = None

    def deliver(self, delivery: Delivery, wait: float) -> Reply | None:
        """Send, and return what the person reads: the acknowledgement, or what comes in `wait` seconds.

        Returns None as soon as a form comes up instead, or the form or Home that was clicked in changes."""
        self._last = delivery
        self._await(delivery)
        try:
            acknowledgement = self._send(delivery)
            if delivery.kind == "slash_commands" and acknowledgement:
                return self._acknowledged(delivery, acknowledgement)
            return delivery.arrivals.get(timeout=wait)
        except queue.Empty:
            return None
        finally:
            self._await_no_more(delivery)

    def submit(self, delivery: Delivery) -> Answer:
        """Send a form. Raises TroubleConnecting if the answer is late, or none that Slack takes."""
        self._last = delivery
        try:
            acknowledgement = self._send(delivery)
        except (CommandFailed, OperationTimeout) as error:
            raise TroubleConnecting(str(error)) from error
        with self._workspace.lock:
            submitted = delivery.payload["view"]
            return read_answer(self._workspace, submitted, delivery.user_id, acknowledgement)

    def tell(self, delivery: Delivery) -> None:
        """Send what nobody waits for: an event, or that a form was closed."""
        self._last_told = delivery
        try:
            self._send(delivery)
        except (CommandFailed, OperationTimeout) as error:
            # Slack would send an event again later; a closed form is told of once.
            if delivery.kind != "events_api":
                with self._workspace.lock:
                    self._workspace.findings.append(Finding(delivery.payload["type"], "it", str(error)))

    def tell_again(self) -> None:
        """Deliver the very same last event again, as Slack sends it where it heard no acknowledgement."""
        if self._last_told is None:
            raise CommandFailed("nothing was told yet")
        self.tell(self._last_told)

    def redeliver(self, wait: float) -> Reply | None:
        """Deliver the very same last command, click or form again. Raises CommandFailed if there was none.

        What is answered to a form that was sent before is examined, and shown to nobody.
        """
        if self._last is None:
            raise CommandFailed("nothing was delivered yet")
        if self._last.payload.get("type") == "view_submission":
            self.submit(self._last)
            return None
        while not self._last.arrivals.empty():
            self._last.arrivals.get()
        return self.deliver(self._last, wait)

    def _await(self, delivery: Delivery) -> None:
        with self._workspace.lock:
            self._workspace.waiting.update(dict.fromkeys(delivery.keys, delivery.arrivals))

    def _await_no_more(self, delivery: Delivery) -> None:
        with self._workspace.lock:
            for key in delivery.keys:
                self._workspace.waiting.pop(key, None)

    def _send(self, delivery: Delivery) -> Json:
        acknowledgement = (self.by_http or self._socket_mode).send(delivery)
        if acknowledgement:
            with self._workspace.lock:
                self._workspace.note_answer("acknowledgement", acknowledgement)
        return acknowledgement

    def _acknowledged(self, delivery: Delivery, acknowledgement: Json) -> Reply:
        workspace = self._workspace
        with workspace.lock:
            channel = workspace.channels[delivery.payload["channel_id"]]
            try:
                workspace.examine("acknowledgement", acknowledgement, channel.user)
            except Refusal as refusal:
                raise CommandFailed(f"{refusal.error}: {refusal.details}") from refusal
            return show_reply(workspace, delivery.user_id, channel, acknowledgement)
