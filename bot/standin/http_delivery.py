"""HTTP mode: payloads posted to the app's request URL, signed with its signing secret."""

import hashlib
import hmac
import http.client
import json
import secrets
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.standin.delivery import ACKNOWLEDGE_WITHIN, CommandFailed, Delivery, OperationTimeout

Json = dict[str, Any]

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


class RequestUrlNotVerified(Exception):
    """Slack does not take the Request URL: what stands there does not answer as it has to."""


@dataclass(frozen=True)
class _Answer:
    status: int
    text: str
    content_type: str


@dataclass(frozen=True)
class HttpDelivery:
    """Posts to one request URL on loopback."""

    request_url: str
    signing_secret: str

    def send(self, delivery: Delivery) -> Json:
        """Send a delivery, and return the acknowledgement's body. Raises OperationTimeout, CommandFailed."""
        body, content_type = encoded(delivery)
        answer = self._post(body, {"Content-Type": content_type, **signed(body, self.signing_secret)})
        if answer.status != http.client.OK:
            raise CommandFailed(f"dispatch_failed: HTTP {answer.status} {answer.text}")
        return _acknowledgement(answer.text, answer.content_type)

    def verify(self, token: str) -> None:
        """Try the URL, as Slack does where it is set; `token` is the app's verification token.

        The look at the certificate is not signed, the challenge is:
        docs.slack.dev/reference/events/url_verification
        Raises RequestUrlNotVerified."""
        challenge = secrets.token_hex(16)
        asking = json.dumps({"type": "url_verification", "token": token, "challenge": challenge}).encode()
        looking = urlencode({"token": token, "ssl_check": "1"}).encode()
        try:
            looked = self._post(looking, {"Content-Type": FORM})
            answer = self._post(asking, {"Content-Type": JSON, **signed(asking, self.signing_secret)})
        except (OperationTimeout, CommandFailed) as error:
            raise RequestUrlNotVerified(str(error)) from error
        if looked.status != http.client.OK:
            raise RequestUrlNotVerified(f"ssl_check: HTTP {looked.status}")
        if answer.status != http.client.OK or challenge not in answer.text:
            raise RequestUrlNotVerified(f"url_verification: HTTP {answer.status} without the challenge")

    def _post(self, body: bytes, headers: dict[str, str]) -> _Answer:
        address = urlsplit(self.request_url)
        connection = http.client.HTTPConnection(
            str(address.hostname), address.port, timeout=ACKNOWLEDGE_WITHIN
        )
        try:
            connection.request("POST", address.path or "/", body, headers)
            response = connection.getresponse()
            text = response.read().decode("utf-8")
            return _Answer(response.status, text, response.getheader("Content-Type", ""))
        except TimeoutError as error:
            raise OperationTimeout("operation_timeout") from error
        except (OSError, http.client.HTTPException) as error:
            raise CommandFailed(f"dispatch_failed: {error}") from error
        finally:
            connection.close()


def encoded(delivery: Delivery) -> tuple[bytes, str]:
    """Return the body of a request and its content type, as Slack sends this kind of payload."""
    if delivery.kind == "slash_commands":
        return urlencode(delivery.payload).encode(), FORM
    if delivery.kind == "interactive":
        return urlencode({"payload": json.dumps(delivery.payload)}).encode(), FORM
    return json.dumps(delivery.payload).encode(), JSON


def signed(body: bytes, signing_secret: str) -> dict[str, str]:
    """Return the headers that prove a request's origin.

    docs.slack.dev/authentication/verifying-requests-from-slack
    """
    stamp = str(int(time.time()))
    digest = hmac.new(signing_secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def _acknowledgement(answer: str, content_type: str) -> Json:
    if not answer:
        return {}
    if content_type.startswith(JSON):
        body: Json = json.loads(answer)
        return body
    return {"text": answer}
