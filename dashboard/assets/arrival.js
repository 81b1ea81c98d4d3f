/* While the server is asked for a page: busy after a moment, and a word when it does not answer. */
(function () {
  "use strict";

  const MOMENT = 150; // milliseconds that a reader does not notice
  const ask = window.fetch;
  let pending = 0;
  let timer = null;
  let shownPath = null; // of the page in view

  function main() {
    return document.getElementById("main");
  }

  function notice() {
    return document.getElementById("unreachable");
  }

  function becomeBusy() {
    if (!main()) return;
    main().toggleAttribute("data-leaving", window.location.pathname !== shownPath);
    main().setAttribute("aria-busy", "true");
  }

  function rest() {
    window.clearTimeout(timer);
    timer = null;
    if (!main()) return;
    main().removeAttribute("aria-busy");
    main().removeAttribute("data-leaving");
  }

  /* The page that was open stays; the notice says why no other one came. */
  function fail() {
    rest();
    notice().hidden = false;
  }

  function follow(answer) {
    pending += 1;
    if (!timer) timer = window.setTimeout(becomeBusy, MOMENT);
    answer.then(
      function (response) {
        pending -= 1;
        if (response.status >= 400) fail();
        else notice().hidden = true;
        if (response.status === 204) rest(); // nothing new: no page will arrive
      },
      function () {
        pending -= 1;
        fail();
      }
    );
  }

  window.fetch = function (resource) {
    const answer = ask.apply(this, arguments);
    const address = String((resource && resource.url) || resource);
    if (/\/_dash-(layout|dependencies|update-component)/.test(address)) follow(answer);
    return answer;
  };

  /* The document is loaded again only once the server answers: until then the old page is better. */
  function retry() {
    ask(window.location.href, { cache: "no-store" })
      .then((response) => response.status < 500)
      .catch(() => false)
      .then(function (answered) {
        if (answered) window.location.reload();
        else showTime();
      });
  }

  function showTime() {
    const now = new Date().toLocaleTimeString(document.documentElement.lang);
    for (const tried of notice().querySelectorAll(".tried")) {
      tried.hidden = false;
      tried.querySelector("time").textContent = now;
    }
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest("#retry")) retry();
  });
  window.addEventListener("online", function () {
    if (!notice().hidden) retry();
  });

  document.addEventListener("board-arrived", function (event) {
    shownPath = event.detail.path;
    if (pending === 0) rest();
  });
})();
