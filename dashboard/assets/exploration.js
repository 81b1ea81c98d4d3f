/* The choices of Khám phá change the address; a point of its charts opens its figure. */
(function () {
  "use strict";

  /* Choices that belong to the indicators chosen before. */
  const OF_INDICATORS = ["ages", "groups", "sources", "first", "last"];

  /* Finds the choice that was changed last: the answer of the server draws all of them anew. */
  let changed = null;

  function segment(link) {
    const group = link.closest("nav").getAttribute("aria-label");
    const text = link.textContent;
    return function () {
      return Array.from(document.querySelectorAll("#main .segments a")).find(function (other) {
        return other.textContent === text && other.closest("nav").getAttribute("aria-label") === group;
      });
    };
  }

  /* The reader goes on where the choice was made. */
  new MutationObserver(function (changes) {
    const isNew = changed && changes.some(function (change) {
      return Array.from(change.addedNodes).some(function (node) {
        return node.querySelector && node.querySelector(".explore-controls");
      });
    });
    if (!isNew) return;
    const lost = !document.activeElement || document.activeElement === document.body;
    const control = lost && changed();
    changed = null;
    if (control) control.focus({ preventScroll: true });
  }).observe(document.documentElement, { childList: true, subtree: true });

  /* Mantine keeps this from the field of a list of several; board.js keeps it true from here on. */
  new MutationObserver(function () {
    const fields = ".explore-controls input[role=combobox]:not([aria-expanded])";
    for (const field of document.querySelectorAll(fields)) field.setAttribute("aria-expanded", "false");
  }).observe(document.documentElement, { childList: true, subtree: true });

  document.addEventListener("click", function (event) {
    const link = event.target.closest(".explore-controls .segments a, .explore-table .segments a");
    if (link) changed = segment(link);
  }, true);

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    exploration: {
      navigate: function (_values, shown) {
        const context = window.dash_clientside.callback_context;
        const state = shown && shown[0];
        if (!state) return;
        const differs = function (input) {
          return input.value !== undefined && String(input.value) !== String(state.values[input.id.explore]);
        };
        const triggered = context.triggered_id && context.triggered_id.explore;
        const input = context.inputs_list[0].find(function (one) {
          return one.id.explore === triggered && differs(one);
        });
        if (!input) return;
        const id = JSON.stringify(input.id);
        changed = function () { return document.getElementById(id); };
        window.dash_clientside.board.go(addressWith(input.id.explore, input.value, state));
      },
    },
  });

  function addressWith(name, value, state) {
    const asked = new URLSearchParams(window.location.search);
    const text = Array.isArray(value) ? value.join(",") : value;
    if (text) asked.set(state.parameters[name], text);
    else if (name === "others") asked.set(state.parameters[name], state.nobody);
    else asked.delete(state.parameters[name]);
    if (name === "indicators") {
      OF_INDICATORS.forEach(function (field) { asked.delete(state.parameters[field]); });
    }
    const query = asked.toString().replaceAll("%40", "@").replaceAll("%3A", ":").replaceAll("%2C", ",");
    return window.location.pathname + (query ? "?" + query : "");
  }

  /* Plotly knows which point is pointed at and lets no click pass on: it is caught on its way in. */
  document.addEventListener("click", function (event) {
    const charts = event.target.closest(".explore-charts[data-trace]");
    const chart = charts && event.target.closest(".js-plotly-plot");
    const pointed = chart && chart._hoverdata && chart._hoverdata[0];
    if (!pointed || typeof pointed.customdata !== "string" || !pointed.customdata) return;
    const link = new URL(charts.dataset.trace, window.location.origin);
    link.searchParams.set("obs", pointed.customdata);
    window.dash_clientside.board.go(link.pathname + link.search.replaceAll("%3A", ":"));
  }, true);
})();
