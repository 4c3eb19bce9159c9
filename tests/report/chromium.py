"""Drives a headless Chromium over its DevTools protocol: no driver program, no downloads.

Serves the browser tests and the screenshots. Every message of the console and every request of the
page is kept, so that a test can say there was none.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

BINARY = next(
    (p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None
)
_FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--mute-audio"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-default-apps", "--disable-extensions", "--disable-dev-shm-usage"),
    *("--remote-debugging-port=0", "--remote-allow-origins=*", "--lang=en-GB"),
)
_PATIENCE = 60.0
_KEYS = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowDown": 40, "ArrowRight": 39, "End": 35, " ": 32}


class PageError(AssertionError):
    """The page threw, or the browser refused a command."""


class Page:
    """One tab."""

    def __init__(self, socket: ClientConnection) -> None:
        """Take over a tab whose protocol speaks through the socket."""
        self._socket = socket
        self._number = 0
        self.console: list[str] = []
        self.requests: list[str] = []
        self.loaded = 0
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **values: Any) -> dict[str, Any]:
        """Send one command and return its answer; events met on the way are kept."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": values}))
        while True:
            message = json.loads(self._socket.recv(timeout=_PATIENCE))
            if message.get("id") == self._number:
                break
            self._note(message)
        if "error" in message:
            raise PageError(f"{method}: {message['error']['message']}")
        answer: dict[str, Any] = message["result"]
        return answer

    def _note(self, event: dict[str, Any]) -> None:
        values = event.get("params", {})
        match event.get("method"):
            case "Runtime.consoleAPICalled":
                self.console.append(" ".join(str(a.get("value")) for a in values["args"]))
            case "Runtime.exceptionThrown":
                self.console.append(json.dumps(values["exceptionDetails"]))
            case "Log.entryAdded":
                self.console.append(values["entry"]["text"])
            case "Network.requestWillBeSent":
                self.requests.append(values["request"]["url"])
            case "Page.loadEventFired":
                self.loaded += 1

    def open(self, address: str) -> None:
        """Go to an address and wait until it has loaded."""
        before = self.loaded
        self.call("Page.navigate", url=address)
        end = time.monotonic() + _PATIENCE
        while self.loaded == before and time.monotonic() < end:
            self.run("1")
            time.sleep(0.02)

    def run(self, script: str) -> Any:
        """Evaluate an expression (a promise is awaited) and return its value."""
        answer = self.call(
            "Runtime.evaluate",
            expression=script,
            returnByValue=True,
            awaitPromise=True,
            userGesture=True,
        )
        if "exceptionDetails" in answer:
            raise PageError(json.dumps(answer["exceptionDetails"])[:2000])
        return answer["result"].get("value")

    def key(self, name: str, times: int = 1) -> None:
        """Press and let go of a key."""
        text = {"Enter": "\r", " ": " "}.get(name, "")
        code = _KEYS[name]
        for _ in range(times):
            for kind in ("keyDown", "keyUp"):
                self.call(
                    "Input.dispatchKeyEvent",
                    type=kind if text or kind == "keyUp" else "rawKeyDown",
                    key=name,
                    code="Space" if name == " " else name,
                    windowsVirtualKeyCode=code,
                    text=text if kind == "keyDown" else "",
                )

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self.call("Input.insertText", text=text)

    def mouse(self, kind: str, x: float, y: float) -> None:
        """Move the pointer (``mouseMoved``) or press and let go (``click``)."""
        if kind == "mouseMoved":
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y)
            return
        for step in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=step, x=x, y=y, button="left", clickCount=1)

    def size(self, width: int, height: int, *, mobile: bool = False, scale: float = 1) -> None:
        """Take the measures of a screen."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=mobile,
        )

    def theme(self, name: str, *, still: bool = True) -> None:
        """Ask for the light or the dark theme, and for no motion."""
        features = [{"name": "prefers-color-scheme", "value": name}]
        if still:
            features.append({"name": "prefers-reduced-motion", "value": "reduce"})
        self.call("Emulation.setEmulatedMedia", features=features)

    def picture(self) -> bytes:
        """Return what is on the screen as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def pdf(self, pages: str = "") -> bytes:
        """Return the page as it would be printed; ``1-3`` for the first three pages."""
        answer = self.call(
            "Page.printToPDF", preferCSSPageSize=True, printBackground=True, pageRanges=pages
        )
        return base64.b64decode(answer["data"])


@contextmanager
def browser() -> Iterator[Page]:
    """Start a browser with a profile of its own, give its tab, and end it."""
    if BINARY is None:
        raise FileNotFoundError("chromium is missing: apt-get install chromium")
    # The browser may still be writing its profile while it ends.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [BINARY, *_FLAGS, f"--user-data-dir={profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            with connect(_address(Path(profile), process), max_size=None) as control:
                with connect(_tab(control), max_size=None) as socket:
                    yield Page(socket)
                _quit(control)
        finally:
            _end(process)


def _quit(control: ClientConnection) -> None:
    control.send(json.dumps({"id": 99, "method": "Browser.close"}))
    try:
        control.recv(timeout=5)
    except (TimeoutError, ConnectionClosed):
        return


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=10)


def _address(profile: Path, process: subprocess.Popen[bytes]) -> str:
    """Return where the browser listens, which it writes into its profile."""
    note = profile / "DevToolsActivePort"
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if note.exists() and len(lines := note.read_text(encoding="utf-8").splitlines()) == 2:
            return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        time.sleep(0.05)
    raise PageError("Chromium did not start.")


def _tab(control: ClientConnection) -> str:
    control.send(json.dumps({"id": 1, "method": "Target.getTargets"}))
    while True:
        message = json.loads(control.recv(timeout=_PATIENCE))
        if message.get("id") == 1:
            break
    tab = next(t for t in message["result"]["targetInfos"] if t["type"] == "page")
    host = f"{control.remote_address[0]}:{control.remote_address[1]}"
    return f"ws://{host}/devtools/page/{tab['targetId']}"
