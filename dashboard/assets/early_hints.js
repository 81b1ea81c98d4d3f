/* Three hints for a first visit. Loaded in the head: whoever has closed them never sees them move
   the page. */
(function () {
  "use strict";

  const KEY = "hints";
  const root = document.documentElement;
  let opener = null;

  function read() {
    try {
      return window.localStorage.getItem(KEY);
    } catch (error) {
      return null; // no storage: each visit is a first one
    }
  }

  function open(button) {
    opener = button;
    root.dataset.hints = "open";
    const panel = document.getElementById("hints");
    panel.scrollIntoView({ block: "nearest" });
    panel.focus({ preventScroll: true });
  }

  function close() {
    const panel = document.getElementById("hints");
    const within = panel.contains(document.activeElement);
    root.dataset.hints = "closed";
    try {
      window.localStorage.setItem(KEY, "closed");
    } catch (error) {
      /* they open again at the next visit */
    }
    const next = opener || document.getElementById("main");
    opener = null;
    if (within) next.focus({ preventScroll: next.id === "main" });
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("#hints-open, #hints-close");
    if (!button) return;
    if (button.id === "hints-open") open(button);
    else close();
  });

  /* Not while Escape closes a list of choices: asked on its way in, before the list is gone. */
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || root.dataset.hints !== "open") return;
    if (event.target.getAttribute("aria-expanded") === "true") return;
    if (document.getElementById("hints")) close();
  }, true);

  root.dataset.hints = read() === "closed" ? "closed" : "open";
})();
