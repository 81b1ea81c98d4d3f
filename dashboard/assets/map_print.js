/* The map keeps its proportions on paper: the drawing library fixes its size in pixels, so that for
   the print its drawing is told its own size and the style sheet may make it smaller. */
(function () {
  "use strict";

  function drawings() {
    return document.querySelectorAll(".map-graph svg.main-svg");
  }

  window.addEventListener("beforeprint", function () {
    for (const drawing of drawings()) {
      const size = [drawing.getAttribute("width"), drawing.getAttribute("height")];
      drawing.setAttribute("viewBox", "0 0 " + size.join(" "));
    }
  });

  window.addEventListener("afterprint", function () {
    for (const drawing of drawings()) drawing.removeAttribute("viewBox");
  });
})();
