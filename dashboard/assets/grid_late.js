/* The grid is large and few pages hold one: this stands in its place until a page draws the first,
   then fetches it. Where it lies is said in the document, see dashboard/document.py. */
(function () {
  "use strict";

  const place = document.getElementById("late-grid");
  if (!place || !window.React) return;
  const React = window.React;
  let library = null;
  let texts = {};

  function script(address) {
    return new Promise(function (resolve, reject) {
      const element = document.createElement("script");
      element.src = address;
      element.onload = resolve;
      element.onerror = function () {
        element.remove();
        reject(new Error(address));
      };
      document.head.appendChild(element);
    });
  }

  /* Without its Vietnamese texts a grid still works: it then speaks English. */
  function vietnamese(address) {
    return fetch(address)
      .then(function (answer) { return answer.ok ? answer.json() : {}; })
      .catch(function () { return {}; });
  }

  const Late = React.lazy(function () {
    const fetched = [script(place.dataset.script), vietnamese(place.dataset.texts)];
    return Promise.all(fetched).then(function (answers) {
      library = window.dash_ag_grid;
      texts = answers[1];
      window.dash_ag_grid = standIn; // one component for the life of the page: nothing is drawn anew
      return { default: library.AgGrid };
    });
  });

  function AgGrid(props) {
    const waiting = React.createElement("div", { className: "grid-waiting" });
    return React.createElement(
      React.Suspense, { fallback: waiting }, React.createElement(Late, props)
    );
  }
  AgGrid.dashRenderType = true;

  const standIn = {
    AgGrid: AgGrid,
    /* The grid of that id, or undefined while there is none. */
    getApi: function (id) {
      try {
        return library ? library.getApi(id) : undefined;
      } catch (error) {
        return undefined;
      }
    },
    text: function (key) { return texts[key]; },
  };
  window.dash_ag_grid = standIn;
})();
