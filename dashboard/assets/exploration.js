/* The lists of Khám phá change the address; a point of its charts opens its figure. */
(function () {
  "use strict";

  /* Choices that belong to the indicators chosen before. */
  const OF_INDICATORS = ["ages", "groups", "sources", "first", "last"];

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    exploration: {
      navigate: function (_values, shown) {
        const triggered = window.dash_clientside.callback_context.triggered_id;
        const state = shown && shown[0];
        if (!state || !triggered || !triggered.explore) return;
        const name = triggered.explore;
        const inputs = window.dash_clientside.callback_context.inputs_list[0];
        const changed = inputs.find(function (input) { return input.id.explore === name; });
        const value = changed.value;
        if (String(value) === String(state.values[name])) return;
        const asked = new URLSearchParams(window.location.search);
        const text = Array.isArray(value) ? value.join(",") : value;
        if (text) asked.set(state.parameters[name], text);
        else if (name === "others") asked.set(state.parameters[name], state.nobody);
        else asked.delete(state.parameters[name]);
        if (name === "indicators") {
          OF_INDICATORS.forEach(function (field) { asked.delete(state.parameters[field]); });
        }
        const query = asked.toString()
          .replaceAll("%40", "@").replaceAll("%3A", ":").replaceAll("%2C", ",");
        window.dash_clientside.board.go(window.location.pathname + (query ? "?" + query : ""));
      },
    },
  });

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
