"""The stand-in's web server: the Web API, response_urls and Socket Mode on one free port of loopback."""

import asyncio
import json
import socket
import threading
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.standin.arguments import Arguments, read_arguments
from bot.standin.faults import RESPONSE_URL, UPLOAD, Fault
from bot.standin.files import Uploads
from bot.standin.messages import Call
from bot.standin.refusal import Refusal
from bot.standin.response_urls import ResponseUrls
from bot.standin.socket_mode import SocketMode
from bot.standin.web_api import WebApi
from bot.standin.workspace import Workspace

Json = dict[str, Any]

_REFUSED_URL = {"used_url": 404, "expired_url": 404, "invalid_url": 404}


class Server:
    """Runs in a thread of its own from `start` to `stop`."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self.socket_mode = SocketMode(workspace)
        self.response_urls = ResponseUrls(workspace, f"http://{self.address}/response")
        base = f"http://{self.address}"
        self._uploads = Uploads(workspace, f"{base}/upload", f"{base}/files-pri")
        self._web_api = WebApi(
            workspace,
            lambda: f"ws://{self.address}/link?ticket={self.socket_mode.new_ticket()}",
            self._uploads,
        )
        app = Starlette(
            routes=[
                Route("/api/{method}", self._call, methods=["GET", "POST"]),
                Route("/response/{ticket}", self._respond, methods=["POST"]),
                Route("/upload/{ticket}", self._upload, methods=["POST"]),
                Route("/files-pri/{file}/{name}", self._download, methods=["GET"]),
                WebSocketRoute("/link", self.socket_mode.serve),
            ]
        )
        self.routes = app.routes
        self._transports: dict[tuple[str, int], asyncio.Transport] = {}
        self._uvicorn = _Uvicorn(self._config(app))
        self._thread = threading.Thread(
            target=self._uvicorn.run, kwargs={"sockets": [self._socket]}, name="standin"
        )

    def start(self) -> None:
        """Return when requests are answered. Raises RuntimeError if the server did not start."""
        self._thread.start()
        if not self._uvicorn.listening.wait(timeout=10):
            raise RuntimeError("the stand-in did not start")

    def stop(self) -> None:
        self._uvicorn.stop()
        self._thread.join()
        self._socket.close()

    def _config(self, app: Starlette) -> uvicorn.Config:
        return uvicorn.Config(
            app,
            http=_tracking(self._transports),
            ws="websockets-sansio",
            # The built-in client reads with a time-out of three seconds and cannot close before a read ends,
            # so that frequent pings let an app stop at once.
            ws_ping_interval=0.1,
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            timeout_graceful_shutdown=1,
        )

    async def _respond(self, request: Request) -> Response:
        await self._wait(RESPONSE_URL)
        try:
            payload = await request.json()
        except json.JSONDecodeError:
            return PlainTextResponse("invalid_payload", status_code=400)
        try:
            self.response_urls.receive(request.path_params["ticket"], payload)
        except Refusal as refusal:
            return PlainTextResponse(refusal.error, status_code=_REFUSED_URL.get(refusal.error, 400))
        return PlainTextResponse("ok")

    async def _upload(self, request: Request) -> Response:
        """Take a file, which is the body itself, or the one file of a multipart form."""
        await self._wait(UPLOAD)
        content = await request.body()
        if request.headers.get("content-type", "").startswith("multipart/form-data"):
            async with request.form() as form:
                files = [value for value in form.values() if isinstance(value, UploadFile)]
                content = await files[0].read() if files else b""
        try:
            self._uploads.receive(request.path_params["ticket"], content)
        except Refusal as refusal:
            return PlainTextResponse(refusal.error, status_code=_REFUSED_URL.get(refusal.error, 400))
        return PlainTextResponse(f"OK - {len(content)}")

    async def _download(self, request: Request) -> Response:
        """Give the bot a file; whoever may not have it is sent to sign in, as Slack does."""
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        try:
            content = self._uploads.content(request.path_params["file"], token)
        except Refusal:
            return Response(status_code=302, headers={"location": f"http://{self.address}/signin"})
        return Response(content, media_type="application/octet-stream")

    async def _wait(self, place: str) -> None:
        """Wait as a fault orders: what is no method of the Web API can be slow too."""
        fault = self._workspace.faults.take(place)
        if fault is not None and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"]
        try:
            arguments, token = read_arguments(
                await request.body(), request.headers.get("content-type", ""), request.url.query
            )
        except Refusal as refusal:
            return self._answered(refusal.as_answer())
        token = request.headers.get("authorization", "").removeprefix("Bearer ") or token
        fault = self._workspace.faults.take(method)
        if fault is None:
            return self._answered(self._take(method, arguments, token))
        return await self._faulty(request, method, arguments, token, fault)

    async def _faulty(
        self, request: Request, method: str, arguments: Arguments, token: str, fault: Fault
    ) -> Response:
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
            return self._answered(self._take(method, arguments, token))
        if fault.kind in ("accept_then_drop", "accept_then_500", "cut"):
            self._take(method, arguments, token, is_answered=False)
        else:
            self._note(method, arguments, response=None)
        if fault.kind in ("accept_then_drop", "drop"):
            return await self._drop(request)
        if fault.kind == "cut":
            return Response(fault.answer, media_type="application/json")
        if fault.kind == "rate_limited":
            retry_after = {"retry-after": str(int(fault.seconds))}
            return JSONResponse({"ok": False, "error": "ratelimited"}, status_code=429, headers=retry_after)
        if fault.kind == "refused":
            return self._answered({"ok": False, "error": fault.error})
        if fault.kind == "internal_error":
            return self._answered({"ok": False, "error": "internal_error"})
        return PlainTextResponse("Internal Server Error", status_code=500)

    async def _drop(self, request: Request) -> Response:
        """Close the connection; the response that is returned goes nowhere."""
        if request.client:
            self._transports[request.client.host, request.client.port].abort()
        while not await request.is_disconnected():
            await asyncio.sleep(0.001)
        return Response()

    def _take(self, method: str, arguments: Arguments, token: str, is_answered: bool = True) -> Json:
        answer = self._web_api.answer(method, arguments, token)
        self._note(method, arguments, answer if is_answered else None)
        return answer

    def _note(self, method: str, arguments: Arguments, response: Json | None) -> None:
        with self._workspace.lock:
            call = Call(method, arguments.values, self._workspace.now(), response)
            self._workspace.calls.append(call)

    def _answered(self, answer: Json) -> Response:
        scopes = ",".join(sorted(self._workspace.scopes))
        return JSONResponse(answer, headers={"x-oauth-scopes": scopes})


class _Uvicorn(uvicorn.Server):
    """Tells when it listens, and stops when told to, rather than asking ten times a second."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = threading.Event()
        self._stopping = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def main_loop(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.listening.set()
        await self._stopping.wait()

    def stop(self) -> None:
        if self._loop:
            self._loop.call_soon_threadsafe(self._stopping.set)


def _tracking(transports: dict[tuple[str, int], asyncio.Transport]) -> type[H11Protocol]:
    """Return a class of the HTTP protocol whose connections are kept by the caller's address, so that one can
    be cut."""

    class Tracking(H11Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            if self.client:
                transports[self.client] = transport

        def connection_lost(self, exc: Exception | None) -> None:
            if self.client:
                transports.pop(self.client, None)
            super().connection_lost(exc)

    return Tracking
