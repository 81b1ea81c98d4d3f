/* Copies the address of what is seen, and prints it. */
(function () {
  "use strict";

  const SHOWN_FOR = 2500; // milliseconds

  /* Where a page is not served over https, browsers lend no clipboard: then as in old days. */
  function copied(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const box = document.createElement("textarea");
    box.value = text;
    document.body.appendChild(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  /* Says what happened: on the button for who sees it, as a status for who hears it. */
  function say(button, text) {
    const status = button.parentElement.querySelector("[role=status]");
    const name = button.dataset.name || button.textContent;
    button.dataset.name = name;
    button.textContent = text;
    status.textContent = text;
    window.clearTimeout(button.timer);
    button.timer = window.setTimeout(function () {
      button.textContent = name;
      status.textContent = "";
      delete button.dataset.name;
    }, SHOWN_FOR);
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("#tools button[data-tool]");
    if (!button) return;
    if (button.dataset.tool === "print") window.print();
    if (button.dataset.tool !== "copy") return;
    copied(window.location.href).then(
      function () { say(button, button.dataset.done); button.focus(); },
      function () { say(button, button.dataset.failed); }
    );
  });
})();
