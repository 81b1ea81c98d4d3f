/* The matrix locality × target: a table drawn from the data of its frame (components/matrix.py). */
(function () {
  "use strict";

  const FRAME = "matrix-frame";
  /* What each frame shows, so that it is drawn only when its data change. */
  const drawn = new WeakMap();
  /* Where the reader was when a link of a head was followed: the place is found again after it. */
  let left = null;

  function make(tag, attributes, children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {}))
      if (value !== null && value !== undefined && value !== "") element.setAttribute(name, value);
    element.append(...(children || []));
    return element;
  }

  function hidden(tag, attributes) {
    return make(tag, Object.assign({ "aria-hidden": "true" }, attributes));
  }

  /* Heads ------------------------------------------------------------------------------------- */

  function objectives(data) {
    const heads = data.objectives.map(function (one) {
      const text = make("span", {}, [one.text]);
      return make("th", { colspan: one.span, scope: "colgroup", title: one.text }, [text]);
    });
    return make("tr", { class: "objectives" }, [place(data), met(data), value(data), ...heads]);
  }

  function place(data) {
    const orders = data.place.links.flatMap(function (link) {
      const current = link.current ? "true" : null;
      const named = { href: link.href, "aria-current": current, "data-key": link.text };
      return [" ", make("a", named, [link.text])];
    });
    const order = make("span", { class: "orders" }, orders);
    const known = { class: "corner", scope: "col", rowspan: 2, "aria-sort": data.place.sort };
    return make("th", known, [data.place.text, order]);
  }

  const ARROWS = { ascending: " ↑", descending: " ↓" };

  function met(data) {
    const arrow = make("span", { "aria-hidden": "true" }, [ARROWS[data.met.sort] || " ↕"]);
    const named = { href: data.met.href, title: data.met.title, "data-key": "met" };
    const link = make("a", named, [data.met.text, arrow]);
    const known = { class: "met", scope: "col", rowspan: 2, "aria-sort": data.met.sort };
    return make("th", known, [link]);
  }

  function value(data) {
    return make("th", { class: "value", scope: "col", rowspan: 2 }, [data.value]);
  }

  function codes(data) {
    const heads = data.targets.map(function (target) {
      const named = { href: target.href, title: target.title, "data-key": target.id };
      if (target.chosen) named["aria-current"] = "true";
      const children = [make("a", named, [target.code])];
      if (target.sorter) children.push(sorter(target));
      const known = { scope: "col", class: target.chosen && "of-chosen", "aria-sort": target.sort };
      return make("th", known, children);
    });
    return make("tr", { class: "codes" }, heads);
  }

  function sorter(target) {
    const said = { href: target.sorter.href, title: target.sorter.title, class: "sorter" };
    said["aria-label"] = target.sorter.title;
    said["data-key"] = "sorter";
    return make("a", said, [target.sort ? "↓" : "↕"]);
  }

  /* Rows -------------------------------------------------------------------------------------- */

  function row(given, data) {
    if (given.group) {
      const across = data.targets.length + 3;
      const name = make("th", { colspan: across, scope: "rowgroup" }, [given.group]);
      return make("tr", { class: "region" }, [name]);
    }
    const head = make("th", { scope: "row" }, [make("a", { href: given.href }, [given.name])]);
    const cells = given.cells.map(function (code, column) {
      return cell(code, given, data.targets[column], data);
    });
    const trace = { href: given.trace, class: "trace" };
    const figure = given.trace ? make("a", trace, [given.value]) : given.value;
    const known = [
      make("td", { class: "met" }, [given.met]),
      make("td", { class: "value" }, [figure]),
    ];
    return make("tr", { class: given.class }, [head, ...known, ...cells]);
  }

  function cell(code, given, target, data) {
    const column = target.chosen ? "of-chosen" : "";
    if (!code)
      return make("td", { class: ("outside " + column).trim(), title: data.outside }, ["–"]);
    const result = data.results[parseInt(code, 10)];
    const isUnverified = code.includes("*");
    const isSynthetic = code.includes("~");
    const label = said(result, isUnverified, isSynthetic, given, target, data);
    const symbol = hidden("span", { class: "symbol symbol-" + result.verdict });
    const word = result.short ? [make("span", {}, [result.short + (isUnverified ? "*" : "")])] : [];
    const look = "cell cell-" + result.verdict + (isSynthetic ? " cell-synthetic" : "");
    const href = given.cell.replace("target=~", "target=" + encodeURIComponent(target.id));
    const link = { href: href, title: label, class: look, "aria-label": label };
    return make("td", { class: column }, [make("a", link, [symbol, ...word])]);
  }

  /* The name in full; who speaks to the machine says what is seen, so the short word is in it. */
  function said(result, isUnverified, isSynthetic, given, target, data) {
    let label = data.label
      .replace("{locality}", () => given.name)
      .replace("{target}", () => target.code)
      .replace("{verdict}", () => result.word);
    if (!label.includes(result.short)) label += ", " + result.short;
    if (isUnverified) label += " (" + data.unverified + ")";
    if (isSynthetic) label += " (" + data.synthetic + ")";
    return label;
  }

  /* Drawing ----------------------------------------------------------------------------------- */

  function draw(frame) {
    const text = frame.dataset.matrix;
    if (drawn.get(frame) === text && frame.firstChild) return;
    drawn.set(frame, text);
    frame.replaceChildren();
    const data = JSON.parse(text);
    const table = make("table", { class: "matrix" }, [
      make("caption", { class: "hidden" }, [data.caption]),
      make("thead", {}, [objectives(data), codes(data)]),
      make("tbody", {}, data.rows.map((given) => row(given, data))),
    ]);
    frame.append(table);
    comeBack(frame);
  }

  function comeBack(frame) {
    if (!left) return;
    const link = [...frame.querySelectorAll("[data-key]")].find((one) => one.dataset.key === left.key);
    frame.scrollLeft = left.across;
    if (link) link.focus({ preventScroll: true });
    left = null;
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest("." + FRAME + " [data-key]");
    left = link && { key: link.dataset.key, across: link.closest("." + FRAME).scrollLeft };
  }, true);

  /* The frame of another page may be the same element: its table does not stay behind. */
  new MutationObserver(function () {
    for (const table of [...document.querySelectorAll("table.matrix")])
      if (!table.parentElement.dataset.matrix) table.remove();
    for (const frame of document.querySelectorAll("." + FRAME + "[data-matrix]")) draw(frame);
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributeFilter: ["data-matrix", "class"],
  });
})();
