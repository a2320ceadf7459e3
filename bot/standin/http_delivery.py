"""HTTP mode: payloads posted to the app's request URL, signed with its signing secret."""

import hashlib
import hmac
import http.client
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.standin.delivery import ACKNOWLEDGE_WITHIN, CommandFailed, Delivery, OperationTimeout

Json = dict[str, Any]


@dataclass(frozen=True)
class HttpDelivery:
    """Posts to one request URL on loopback."""

    request_url: str
    signing_secret: str

    def send(self, delivery: Delivery) -> Json:
        """The acknowledgement's body. Raises OperationTimeout, CommandFailed."""
        body, content_type = encoded(delivery)
        address = urlsplit(self.request_url)
        connection = http.client.HTTPConnection(
            str(address.hostname), address.port, timeout=ACKNOWLEDGE_WITHIN
        )
        try:
            headers = {"Content-Type": content_type, **signed(body, self.signing_secret)}
            connection.request("POST", address.path or "/", body, headers)
            response = connection.getresponse()
            answer = response.read().decode("utf-8")
        except TimeoutError as error:
            raise OperationTimeout("operation_timeout") from error
        except (OSError, http.client.HTTPException) as error:
            raise CommandFailed(f"dispatch_failed: {error}") from error
        finally:
            connection.close()
        if response.status != http.client.OK:
            raise CommandFailed(f"dispatch_failed: HTTP {response.status} {answer}")
        return _acknowledgement(answer, response.getheader("Content-Type", ""))


def encoded(delivery: Delivery) -> tuple[bytes, str]:
    """The body of a request and its content type, as Slack sends this kind of payload."""
    form = "application/x-www-form-urlencoded"
    if delivery.kind == "slash_commands":
        return urlencode(delivery.payload).encode(), form
    if delivery.kind == "interactive":
        return urlencode({"payload": json.dumps(delivery.payload)}).encode(), form
    return json.dumps(delivery.payload).encode(), "application/json"


def signed(body: bytes, signing_secret: str) -> dict[str, str]:
    """The headers that prove a request's origin.

    docs.slack.dev/authentication/verifying-requests-from-slack
    """
    stamp = str(int(time.time()))
    digest = hmac.new(signing_secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def _acknowledgement(answer: str, content_type: str) -> Json:
    if not answer:
        return {}
    if content_type.startswith("application/json"):
        body: Json = json.loads(answer)
        return body
    return {"text": answer}
