/* The address is the state of the board: filters and links change it, the server answers it. */
(function () {
  "use strict";

  /* Whether the reader followed a link: then the focus moves to the new page's title. */
  let followed = false;
  /* Whether a first page has been shown: an address may name a place on it. */
  let arrived = false;
  /* The entry of the catalogue that is open. */
  let entry = "";

  function go(href, instead) {
    if (instead) window.history.replaceState({}, "", href);
    else window.history.pushState({}, "", href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  /* The figure that an address traces. */
  function figure(address) {
    return new URLSearchParams(address.search).get("obs");
  }

  /* Links within the board do not load the document again. */
  document.addEventListener("click", function (event) {
    const changed = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || event.button !== 0 || changed) return;
    const link = event.target.closest("a[href]");
    if (!link || link.origin !== window.location.origin || link.target) return;
    if (link.getAttribute("href").startsWith("#")) return;
    const here = link.pathname === window.location.pathname;
    if (here && link.hash && link.search === window.location.search) return;
    event.preventDefault();
    followed = !here || figure(link) !== figure(window.location);
    go(link.pathname + link.search + link.hash);
  });

  /* A province of the map or a point of a trend opens what its equal in the list opens. Plotly knows
     which is pointed at and lets no click pass on, so it is caught on its way in. */
  document.addEventListener("click", function (event) {
    const chart = event.target.closest(":is(.map-graph, .trace-graph) .js-plotly-plot");
    const pointed = chart && chart._hoverdata && chart._hoverdata[0];
    if (!pointed || typeof pointed.customdata !== "string") return;
    const link = new URL(pointed.customdata, window.location.origin);
    if (link.origin !== window.location.origin) return;
    followed = link.pathname !== window.location.pathname;
    go(link.pathname + link.search);
  }, true);

  /* A select says to screen readers whether its list is open; Mantine keeps that to itself. */
  new MutationObserver(function (changes) {
    for (const change of changes) {
      const input = change.target;
      if (input.getAttribute("role") !== "combobox") continue;
      input.setAttribute("aria-expanded", String(input.dataset.expanded === "true"));
    }
  }).observe(document.documentElement, { subtree: true, attributeFilter: ["data-expanded"] });

  /* Letters without their marks: "ha noi" finds "Hà Nội". */
  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
  }

  window.dashMantineFunctions = Object.assign({}, window.dashMantineFunctions, {
    findWithoutAccents: function (asked) {
      const search = fold(asked.search).trim();
      const matches = function (option) {
        return fold(option.label).includes(search);
      };
      /* An option, or a group of them under a heading. */
      return asked.options
        .map(function (option) {
          if (!option.items) return option;
          return Object.assign({}, option, { items: option.items.filter(matches) });
        })
        .filter(function (option) {
          return option.items ? option.items.length > 0 : matches(option);
        });
    },
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    board: {
      go: go,

      /* A filter was changed by the reader (not by the answer of the server): change the address. */
      navigate: function (locality, target, search, view) {
        if (!view) return;
        const asked = new URLSearchParams(window.location.search);
        const set = function (name, value, left_out) {
          if (value && value !== left_out) asked.set(name, value);
          else asked.delete(name);
        };
        let instead = false;
        if (locality && locality !== view.locality) {
          set("obs", null); // a figure belongs to one locality
          set("locality", locality, view.defaults.locality);
          const named = locality.includes("@");
          set("geography", named ? null : view.geography, view.defaults.geography);
        } else if (target && target !== view.target) {
          set("target", target, null);
          asked.delete("nam"); /* years and groups differ from one to the next */
          asked.delete("nhom");
        } else if (typeof search === "string" && search !== view.search) {
          set("q", search, "");
          set("entry", null);
          instead = Boolean(view.search); // one step back leaves the search, not its last letter
        } else {
          return;
        }
        const query = asked.toString().replaceAll("%40", "@").replaceAll("%3A", ":");
        go(window.location.pathname + (query ? "?" + query : ""), instead);
      },

      /* A page has arrived: say its language and title, and read on from its heading. */
      settle: function (view) {
        if (!view) return;
        document.dispatchEvent(new CustomEvent("board-arrived", { detail: view }));
        document.documentElement.lang = view.language;
        document.title = view.title;
        const mark = document.getElementById(window.location.hash.slice(1));
        const named = mark || document.querySelector(".entry.chosen");
        const opened = arrived && !followed && view.entry && view.entry !== entry;
        if (opened && named) named.scrollIntoView({ block: "nearest" });
        else if (named && (followed || !arrived)) named.scrollIntoView();
        else if (followed) window.scrollTo(0, 0);
        entry = view.entry;
        arrived = true;
        if (!followed && !opened) return;
        followed = false;
        const title = (named && named.querySelector("a")) || named || document.getElementById("title");
        if (title) title.focus({ preventScroll: true });
      },
    },
  });
})();
