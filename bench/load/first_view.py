"""The first view of Tổng quan in Chromium: a new profile, a server that has just started."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import sync_playwright

LIBRARIES: Final = "/_dash-component-suites/"
_CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_DRAWN: Final = """() => document.querySelector("#title") && document.fonts.status === "loaded"
  && [...document.querySelectorAll(".graph")]
    .every(graph => graph.querySelector(".main-svg"))
  && performance.now()"""


@dataclass(frozen=True)
class FirstView:
    """What a reader waits for."""

    seconds: float  # from asking for the address to the drawn page
    libraries: int  # bytes over the wire of component libraries, which a browser keeps for a year
    others: int  # bytes of everything else
    requests: int
    foreign: int  # requests to other hosts


def first_view(server: str, accepted: str, address: str = "/") -> FirstView:
    """Open an address for the first time.

    Args:
        server: the board, just started.
        accepted: the encodings that the browser takes: over plain http, Chromium takes brotli
            from its own machine only.
        address: of the page.
    """
    executable = next((path for name in _CHROMIUM if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        network = page.context.new_cdp_session(page)
        urls: dict[str, str] = {}
        sizes: dict[str, int] = {}

        def asked(event: dict[str, Any]) -> None:
            urls[event["requestId"]] = event["request"]["url"]

        def arrived(event: dict[str, Any]) -> None:
            sizes[event["requestId"]] = int(event["encodedDataLength"])

        network.on("Network.requestWillBeSent", asked)
        network.on("Network.loadingFinished", arrived)
        network.send("Network.enable")
        network.send("Network.setExtraHTTPHeaders", {"headers": {"Accept-Encoding": accepted}})
        page.goto(server + address, wait_until="commit")
        milliseconds = page.wait_for_function(_DRAWN).json_value()
        page.wait_for_load_state("networkidle")
        browser.close()
    ours = [one for one in urls.values() if one.startswith((server, "data:", "blob:"))]
    libraries = sum(size for one, size in sizes.items() if LIBRARIES in urls.get(one, ""))
    return FirstView(
        milliseconds / 1000,
        libraries,
        sum(sizes.values()) - libraries,
        len(urls),
        len(urls) - len(ours),
    )
