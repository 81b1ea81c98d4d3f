/* Pictures of charts, made in the browser: the chart in light colours on paper, above it what it
   is, below it its notes and the release, and the mark of made-up figures wherever the page has
   it. A picture stands alone: its letters are within it. */
(function () {
  "use strict";

  const KINDS = ["PNG", "SVG"];
  const NARROWEST = 720; // pixels
  const FLATTEST = 0.45; // height to width
  const SHARPNESS = 2; // dots of a PNG to one pixel
  const EDGE = 24;
  const TITLE = { size: 18, weight: 600, line: 25 };
  const SUBTITLE = { size: 14, weight: 400, line: 21 };
  const NOTE = { size: 11, weight: 400, line: 16 };
  const WEIGHTS = ["400", "600"];
  const LONGEST_NAME = 80; // characters of a file's name
  const SPACE = "http://www.w3.org/2000/svg";

  /* The buttons ---------------------------------------------------------------------------------- */

  function tools() {
    return document.querySelector("#tools [data-picture]");
  }

  /* The chart's frame: buttons inside of what counts as one image would not be heard. */
  function frameOf(graph) {
    return graph.closest("[role=img]") || graph;
  }

  function place() {
    const words = tools();
    if (!words) return;
    for (const row of document.querySelectorAll(".figure-tools")) {
      if (!row.previousElementSibling || !graphBefore(row) || row.lang !== document.documentElement.lang) row.remove();
    }
    for (const graph of document.querySelectorAll("#main .graph")) {
      const frame = frameOf(graph);
      const after = frame.nextElementSibling;
      if (!after || !after.matches(".figure-tools")) frame.after(row(graph, words));
    }
  }

  function row(graph, words) {
    const line = document.createElement("div");
    line.className = "figure-tools";
    line.lang = document.documentElement.lang;
    line.append(words.dataset.picture);
    for (const kind of KINDS) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "tool";
      button.textContent = kind;
      button.setAttribute("aria-label", `${words.dataset.pictureOf} ${kind}: ${headings(graph).pop()}`);
      button.addEventListener("click", function () { keep(graphBefore(line), kind, button); });
      line.append(button);
    }
    return line;
  }

  /* The one that stands there now: while a chart is fetched another element keeps its place. */
  function graphBefore(line) {
    const frame = line.previousElementSibling;
    return frame.matches(".graph") ? frame : frame.querySelector(".graph");
  }

  let planned = false;
  new MutationObserver(function () {
    if (planned) return;
    planned = true;
    window.requestAnimationFrame(function () { planned = false; place(); });
  }).observe(document.documentElement, { childList: true, subtree: true });

  /* What is said around a chart ------------------------------------------------------------------- */

  function read(element) {
    return element ? element.textContent.replace(/\s+/g, " ").trim() : "";
  }

  /* The page's title, and the heading over the chart where it has one of its own. */
  function headings(graph) {
    const title = read(document.getElementById("title"));
    const panel = graph.closest("section");
    const figure = graph.closest("figure");
    const own = read(figure ? figure.querySelector("figcaption") : panel && panel.querySelector("h2"));
    return own ? [title, own] : [title];
  }

  /* Links lead nowhere from a picture. */
  function unlinked(element) {
    const copy = element.cloneNode(true);
    for (const link of copy.querySelectorAll("a")) link.remove();
    return read(copy);
  }

  function notes(graph) {
    const panel = graph.closest("section");
    const said = panel ? panel.querySelectorAll("p.note:not(.no-print), .map-legend li") : [];
    const footer = read(document.getElementById("footer"));
    return Array.from(said, unlinked).concat(footer).filter(Boolean);
  }

  /* The picture ---------------------------------------------------------------------------------- */

  function keep(graph, kind, button) {
    const chart = graph && graph.querySelector(".js-plotly-plot");
    if (!chart || !window.Plotly) return;
    button.disabled = true;
    picture(graph, chart)
      .then(function (drawn) { return kind === "SVG" ? vector(drawn) : dots(drawn); })
      .then(function (blob) { save(blob, `${fileName(graph)}.${kind.toLowerCase()}`); })
      .catch(function (error) {
        console.error(error);
        button.textContent = tools().dataset.failed;
      })
      .finally(function () { button.disabled = false; button.focus(); });
  }

  function light(chart) {
    if (window.boardTheme) return window.boardTheme.light(chart);
    return { data: chart.data, layout: Object.assign({}, chart.layout) };
  }

  async function picture(graph, chart) {
    const figure = light(chart);
    const { width, height } = sizeOf(chart, figure.layout);
    const asked = { format: "svg", width: width, height: height };
    const whole = { data: scaled(figure.data, graph), layout: figure.layout, config: chart._context };
    const [address, style] = await Promise.all([window.Plotly.toImage(whole, asked), letters()]);
    const text = decodeURIComponent(address.slice(address.indexOf(",") + 1));
    const inner = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    return framed(inner, { width, height }, graph, figure.layout, style);
  }

  /* At least as wide as a column of a report. A map keeps its shape, another chart its height. */
  function sizeOf(chart, layout) {
    const seen = chart.getBoundingClientRect();
    const width = Math.max(Math.round(seen.width), NARROWEST);
    const taller = layout.geo ? width / seen.width : 1;
    return { width: width, height: Math.round(Math.max(seen.height * taller, width * FLATTEST)) };
  }

  /* A map has its scale beside it on the page; the picture has it within. */
  function scaled(traces, graph) {
    const panel = graph.closest("section");
    const said = panel ? Array.from(panel.querySelectorAll(".scale-words span")).map(read) : [];
    return traces.map(function (trace) {
      if (said.length < 2 || typeof trace.zmin !== "number") return trace;
      const step = (trace.zmax - trace.zmin) / (said.length - 1);
      const bar = {
        orientation: "h", x: 0.5, y: 0, yanchor: "top", len: 0.6, thickness: 10, outlinewidth: 0,
        ticklabeloverflow: "allow",
        tickvals: said.map(function (text, at) { return trace.zmin + at * step; }),
        ticktext: said, tickfont: { size: NOTE.size },
      };
      return Object.assign({}, trace, { showscale: true, colorbar: bar });
    });
  }

  function framed(inner, size, graph, layout, style) {
    const total = size.width + 2 * EDGE;
    const ink = layout.font.color;
    const mark = read(document.querySelector(".ribbon"));
    const [title, subtitle] = headings(graph);
    const above = lines(title, TITLE, size.width).concat(
      subtitle ? lines(subtitle, SUBTITLE, size.width) : [],
      mark ? lines(mark, Object.assign({}, SUBTITLE, { weight: 600 }), size.width) : []
    );
    const below = notes(graph).flatMap(function (note) { return lines(note, NOTE, size.width); });
    const outer = element("svg", { xmlns: SPACE, lang: document.documentElement.lang });
    outer.append(element("style", {}, style));
    const paper = outer.appendChild(element("rect", { fill: layout.paper_bgcolor }));
    let y = write(outer, above, EDGE, ink) + EDGE / 2;
    for (const [name, value] of Object.entries({ x: EDGE, y: y })) inner.setAttribute(name, value);
    outer.append(document.importNode(inner, true));
    y = write(outer, below, y + size.height + EDGE / 2, ink) + EDGE;
    for (const sheet of [outer, paper]) {
      sheet.setAttribute("width", total);
      sheet.setAttribute("height", y);
    }
    outer.setAttribute("viewBox", `0 0 ${total} ${y}`);
    return { outer: outer, width: total, height: y };
  }

  function element(name, attributes, text) {
    const made = document.createElementNS(SPACE, name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key !== "xmlns") made.setAttribute(key, value);
    }
    if (text) made.textContent = text;
    return made;
  }

  function family() {
    return window.getComputedStyle(document.body).fontFamily;
  }

  /* A text in lines that fit. */
  function lines(text, kind, width) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${kind.weight} ${kind.size}px ${family()}`;
    const found = [];
    for (const word of text.split(" ")) {
      const longer = found.length ? `${found[found.length - 1]} ${word}` : word;
      if (found.length && pen.measureText(longer).width <= width) found[found.length - 1] = longer;
      else found.push(word);
    }
    return found.map(function (line) { return Object.assign({ text: line }, kind); });
  }

  /* Writes lines below each other; the answer is where they end. */
  function write(sheet, told, top, ink) {
    let y = top;
    for (const line of told) {
      y += line.line;
      sheet.append(element("text", {
        x: EDGE, y: y - line.line * 0.25, fill: ink,
        "font-family": family(), "font-size": line.size, "font-weight": line.weight,
      }, line.text));
    }
    return y;
  }

  /* Files ---------------------------------------------------------------------------------------- */

  let found = null;

  /* The board's letters as rules that hold the files themselves. */
  function letters() {
    found = found || Promise.all(rules().map(async function (rule) {
      const [link, address] = /url\(["']?([^"')]+)["']?\)/.exec(rule.text);
      const answer = await fetch(new URL(address, rule.base));
      return rule.text.replace(link, `url(${await asData(await answer.blob())})`);
    })).then(function (texts) { return texts.join("\n"); });
    return found;
  }

  function rules() {
    return Array.from(document.styleSheets).flatMap(function (sheet) {
      return Array.from(sheet.cssRules)
        .filter(function (rule) { return rule instanceof CSSFontFaceRule; })
        .filter(function (rule) { return WEIGHTS.includes(rule.style.getPropertyValue("font-weight")); })
        .map(function (rule) { return { text: rule.cssText, base: sheet.href || document.baseURI }; });
    });
  }

  function asData(blob) {
    return new Promise(function (resolve) {
      const reader = new FileReader();
      reader.onload = function () { resolve(reader.result); };
      reader.readAsDataURL(blob);
    });
  }

  function vector(drawn) {
    const text = new XMLSerializer().serializeToString(drawn.outer);
    return new Blob([text], { type: "image/svg+xml" });
  }

  async function dots(drawn) {
    const image = new Image();
    image.src = await asData(vector(drawn));
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = drawn.width * SHARPNESS;
    canvas.height = drawn.height * SHARPNESS;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise(function (resolve) { canvas.toBlob(resolve, "image/png"); });
  }

  function fileName(graph) {
    const mark = document.querySelector(".ribbon") ? tools().dataset.synthetic : "";
    const said = [mark].concat(headings(graph)).join(" ").normalize("NFD");
    const plain = said.replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
    const words = plain.split(/[^a-z0-9]+/).filter(Boolean);
    while (words.join("-").length > LONGEST_NAME) words.pop();
    return words.join("-");
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.target = "_self"; // the browser's, not the board's
    link.click();
    window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }
})();
