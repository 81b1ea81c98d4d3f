/* How a grid writes, sorts, searches and prints; see dashboard/components/grid.py. */
(function () {
  "use strict";

  const NONE = "–";
  const collator = new Intl.Collator("vi", { numeric: true });
  const writers = new Map();

  /* Letters without their marks, as everywhere on the board. */
  function fold(text) {
    return String(text).normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d")
      .toLowerCase();
  }

  function writer(language, decimals) {
    const key = language + decimals;
    if (!writers.has(key)) {
      const digits = decimals === null ? { maximumFractionDigits: 12 }
        : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
      writers.set(key, new Intl.NumberFormat(language, Object.assign({ useGrouping: true }, digits)));
    }
    return writers.get(key);
  }

  function number(params) {
    if (typeof params.value !== "number") return NONE;
    const told = params.colDef.context;
    const own = told.decimals_key && params.data ? params.data[told.decimals_key] : null;
    const decimals = typeof own === "number" ? own : told.decimals;
    const text = writer(params.context.language, decimals).format(params.value);
    return text.replace(/^-(?=[0.,]*$)/, "").replace("-", "\u2212");
  }

  function empty(value) {
    return value === null || value === undefined || value === "";
  }

  window.dashAgGridFunctions = Object.assign({}, window.dashAgGridFunctions, {
    gridNumber: number,
    gridYear: function (params) { return empty(params.value) ? NONE : String(params.value); },
    gridText: function (params) { return params.value === null ? NONE : String(params.value); },
    gridFold: function (text) { return text === null ? null : fold(text); },
    /* What a search finds a cell by. */
    gridSearched: function (params) {
      return empty(params.value) ? "" : fold(params.value);
    },
    /* Each part of a search begins a word somewhere in the row: "hai" is in "Hải", not in "khai". */
    gridFound: function (parts, row) {
      const words = " " + row.replace(/[^\p{L}\p{N}.,-]+/gu, " ");
      return parts.every(function (part) { return words.includes(" " + part); });
    },
    /* Vietnamese order of letters; what is missing comes last whichever way is sorted. */
    gridTexts: function (one, other, oneRow, otherRow, isDescending) {
      return missingLast(one, other, isDescending, collator.compare);
    },
    gridNumbers: function (one, other, oneRow, otherRow, isDescending) {
      return missingLast(one, other, isDescending, function (a, b) { return a - b; });
    },
    gridLocale: function (params) {
      const told = params.context || { language: "vi", texts: {} };
      const vietnamese = told.language === "vi" && window.dash_ag_grid.text(params.key);
      let text = told.texts[params.key] || vietnamese || params.defaultValue;
      for (const value of params.variableValues || []) text = text.replace("${variable}", value);
      return text;
    },
  });

  function missingLast(one, other, isDescending, compare) {
    const last = isDescending ? -1 : 1;
    if (empty(one) || empty(other)) return (empty(one) - empty(other)) * last;
    return compare(one, other);
  }

  /* A cell that opens something: an element made of text and an address of our own. */
  window.dashAgGridComponentFunctions = Object.assign({}, window.dashAgGridComponentFunctions, {
    GridLink: function (props) {
      const address = props.data && props.data[props.colDef.context.link_key];
      const text = props.valueFormatted || NONE;
      if (typeof address !== "string" || !/^\/(?!\/)/.test(address)) return text;
      return window.React.createElement("a", { href: address, tabIndex: -1 }, text);
    },
  });

  /* Enter opens what the cell in focus leads to. */
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || !event.target.classList.contains("ag-cell")) return;
    const link = event.target.querySelector("a[href]");
    if (link) link.click();
  });

  /* The box above a grid searches all of its columns, accents or not. */
  document.addEventListener("input", function (event) {
    const id = event.target.dataset && event.target.dataset.grid;
    const grid = id && window.dash_ag_grid.getApi(id);
    if (grid) grid.setGridOption("quickFilterText", fold(event.target.value));
  });

  /* On paper a grid is a table of all its rows, filtered and sorted as on the screen. */
  window.addEventListener("beforeprint", function () {
    for (const frame of document.querySelectorAll(".grid[data-grid]")) {
      const grid = window.dash_ag_grid.getApi(frame.dataset.grid);
      if (grid) frame.appendChild(printed(grid));
    }
  });
  window.addEventListener("afterprint", function () {
    for (const table of document.querySelectorAll(".grid-printed")) table.remove();
  });

  function printed(grid) {
    const table = document.createElement("table");
    table.className = "grid-printed figures-table";
    const columns = grid.getAllDisplayedColumns();
    line(table.createTHead(), columns.map(function (column) {
      return [grid.getDisplayNameForColumn(column, "header"), column, "th"];
    }));
    const body = table.createTBody();
    grid.forEachNodeAfterFilterAndSort(function (row) {
      line(body, columns.map(function (column) {
        const asked = { rowNode: row, colKey: column, useFormatter: true };
        return [grid.getCellValue(asked), column, "td"];
      }));
    });
    return table;
  }

  function line(section, cells) {
    const row = section.insertRow();
    for (const [text, column, kind] of cells) {
      const cell = document.createElement(kind);
      cell.textContent = text === null || text === undefined ? NONE : text;
      if (column.getColDef().type === "rightAligned") cell.className = "number";
      row.appendChild(cell);
    }
  }
})();
