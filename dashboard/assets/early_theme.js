/* Light or dark: the reader's choice, else the system's. Loaded in the head, before the first paint.
   Style sheets follow by themselves; figures come from the server in light colours and are
   exchanged here, when they are drawn and when the theme changes. Paper is always light. */
(function () {
  "use strict";

  const KEY = "mantine-color-scheme-value"; // Mantine looks for a choice in the same place
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const onPaper = window.matchMedia("print");
  const toDark = new Map(
    Object.entries(JSON.parse(document.getElementById("dark-colours").textContent))
  );
  const toLight = new Map(Array.from(toDark, ([light, dark]) => [dark, light]));
  const figures = new WeakMap(); // what was asked to be drawn: charts change their own layout
  let printing = onPaper.matches;
  let plotly;

  function chosen() {
    try {
      const theme = window.localStorage.getItem(KEY);
      if (theme === "light" || theme === "dark") return theme;
    } catch (error) {
      /* no storage: the system decides */
    }
    return system.matches ? "dark" : "light";
  }

  function apply() {
    const theme = chosen();
    const changed = root.dataset.theme !== theme;
    root.dataset.theme = theme;
    root.dataset.mantineColorScheme = printing ? "light" : theme;
    mark();
    if (changed) redraw();
  }

  function toggle() {
    const other = root.dataset.theme === "dark" ? "light" : "dark";
    try {
      window.localStorage.setItem(KEY, other);
    } catch (error) {
      return; // where nothing can be kept the system's theme stays
    }
    apply();
  }

  function mark() {
    const button = document.getElementById("theme");
    if (button) button.setAttribute("aria-pressed", String(root.dataset.theme === "dark"));
  }

  /* Figures ------------------------------------------------------------------------------------ */

  function hex(parts) {
    return "#" + parts.map((part) => Number(part).toString(16).padStart(2, "0")).join("");
  }

  function exchangedColour(text, colours) {
    const found = colours.get(text.toUpperCase());
    if (found) return found;
    const parts = /^rgba\((\d+), ?(\d+), ?(\d+), ?([\d.]+)\)$/.exec(text);
    const solid = parts && colours.get(hex(parts.slice(1, 4)).toUpperCase());
    if (!solid) return text;
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(solid.slice(at, at + 2), 16));
    return `rgba(${red},${green},${blue},${parts[4]})`;
  }

  /* Only what is named a colour is exchanged; figures and texts pass as they are. */
  function exchanged(value, colours, isColour) {
    if (typeof value === "string") return isColour ? exchangedColour(value, colours) : value;
    if (Array.isArray(value)) {
      const holdsMore = isColour || typeof value[0] === "object";
      return holdsMore ? value.map((item) => exchanged(item, colours, isColour)) : value;
    }
    if (!value || Object.getPrototypeOf(value) !== Object.prototype) return value;
    const entries = Object.entries(value).map(([name, inner]) => [
      name,
      exchanged(inner, colours, isColour || /color/i.test(name)),
    ]);
    return Object.fromEntries(entries);
  }

  function inColours(figure, colours) {
    return Object.assign({}, figure, {
      data: exchanged(figure.data, colours, false),
      layout: exchanged(figure.layout || {}, colours, false),
    });
  }

  /* The figure of a chart, with the series that the reader has switched off in its legend. */
  function figureOf(chart) {
    const figure = figures.get(chart);
    const data = figure.data.map(function (series, at) {
      const drawn = chart.data && chart.data[at];
      return drawn && "visible" in drawn ? Object.assign({}, series, { visible: drawn.visible }) : series;
    });
    return Object.assign({}, figure, { data });
  }

  /* A figure, or that of a chart, as it is on paper and in pictures. */
  function light(figure) {
    return inColours(figures.has(figure) ? figureOf(figure) : figure, toLight);
  }

  function shown(figure) {
    const isDark = root.dataset.theme === "dark" && !printing;
    return isDark ? inColours(figure, toDark) : inColours(figure, toLight);
  }

  function redraw() {
    for (const chart of document.querySelectorAll(".js-plotly-plot"))
      if (figures.has(chart)) plotly.react(chart, shown(figureOf(chart)));
  }

  function setPrinting(now) {
    if (printing === now) return;
    printing = now;
    apply();
    if (root.dataset.theme === "dark") redraw();
  }

  /* The drawing library arrives with the first chart: its drawing is led through the exchange. A
     picture to keep is light, like paper. */
  function withTheme(library) {
    const named = (chart) => (typeof chart === "string" ? document.getElementById(chart) : chart);
    const drawing = (name) => ({
      value: function (chart, data, layout, config) {
        const figure = Array.isArray(data) ? { data, layout, config } : data;
        figures.set(named(chart), figure);
        return library[name](chart, shown(figure));
      },
    });
    const picturing = (name) => ({
      value: function (chart, options) {
        const figure = light(named(chart));
        const drawn = named(chart)._fullLayout;
        if (drawn) Object.assign(figure.layout, { width: drawn.width, height: drawn.height });
        return library[name](figure, options);
      },
    });
    return Object.create(library, {
      newPlot: drawing("newPlot"),
      react: drawing("react"),
      toImage: picturing("toImage"),
      downloadImage: picturing("downloadImage"),
    });
  }

  let themed;
  Object.defineProperty(window, "Plotly", {
    configurable: true,
    get: () => themed,
    set: (library) => {
      plotly = library;
      themed = withTheme(library);
    },
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("#theme")) toggle();
  });
  document.addEventListener("board-arrived", mark);
  system.addEventListener("change", apply);
  window.addEventListener("storage", apply);
  window.addEventListener("beforeprint", () => setPrinting(true));
  window.addEventListener("afterprint", () => setPrinting(false));
  onPaper.addEventListener("change", () => setPrinting(onPaper.matches));
  apply();

  window.boardTheme = { light };
})();
