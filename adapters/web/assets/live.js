// What pages do beside what links and forms do by themselves. Without this file everything still works, less comfortably.
(() => {
  "use strict";
  const body = document.body;

  // Live: an open line says that something was recorded; whoever has hx-trigger="changed from:body" loads itself again.
  // A page that nobody looks at waits until somebody does.
  let missed = false;
  const changed = () => {
    if (document.hidden) { missed = true; return; }
    missed = false;
    window.htmx && htmx.trigger(body, "changed");
  };
  if (document.querySelector("[data-live]")) {
    const line = new EventSource("/truc-tiep");
    const state = (on) => document.querySelectorAll("[data-live]").forEach((e) => { e.dataset.live = on ? "on" : "off"; });
    let at = null;
    line.addEventListener("here", (e) => {
      if (at !== null && at !== e.data) changed();
      at = e.data;
      state(true);
    });
    line.addEventListener("changed", (e) => { at = e.data; changed(); });
    line.addEventListener("error", () => state(false));
    document.addEventListener("visibilitychange", () => missed && changed());
    addEventListener("pagehide", () => line.close());
  }

  // What changed when something was loaded again is marked for a moment.
  let before = new Map();
  const figures = (root) => root.querySelectorAll("[data-figure]");
  body.addEventListener("htmx:beforeSwap", (e) => {
    before = new Map([...figures(e.detail.target)].map((f) => [f.dataset.figure, f.textContent]));
  });
  body.addEventListener("htmx:afterSettle", () => {
    for (const f of figures(document)) {
      if (before.has(f.dataset.figure) && before.get(f.dataset.figure) !== f.textContent) f.classList.add("fresh");
    }
    before = new Map();
  });

  // The side panel: opened by a link, closed by its button or Escape; the focus goes there and comes back.
  const panel = document.getElementById("panel");
  let opener = null;
  const enrich = (root) => root.querySelectorAll("[data-script]").forEach((e) => { e.hidden = false; });
  const close = () => {
    if (!panel || panel.hidden) return;
    panel.hidden = true;
    panel.replaceChildren();
    body.classList.remove("beside");
    opener && document.getElementById(opener)?.focus();
  };
  body.addEventListener("htmx:beforeRequest", (e) => {
    if (panel && e.detail.target === panel && !panel.contains(e.detail.elt)) opener = e.detail.elt.id;
  });
  body.addEventListener("htmx:afterSwap", (e) => {
    if (!panel || e.detail.target !== panel) return;
    panel.hidden = false;
    panel.scrollTop = 0;
    enrich(panel);
    body.classList.add("beside");
    panel.querySelector("h1, h2")?.focus();
  });
  body.addEventListener("click", (e) => {
    if (e.target.closest("[data-close]")) { e.preventDefault(); close(); }
    const wall = e.target.closest("[data-fullscreen]");
    if (wall) { e.preventDefault(); document.documentElement.requestFullscreen?.().catch(() => {}); }
    if (e.target.closest("[data-print]")) print();
  });
  body.addEventListener("keydown", (e) => { if (e.key === "Escape") close(); });

  // A choice is sent when it is made; without scripts there is a button.
  body.addEventListener("change", (e) => {
    const form = e.target.closest("form[data-auto]");
    if (form && e.target.checkValidity()) form.requestSubmit();
  });
  document.querySelectorAll("[data-noscript]").forEach((e) => { e.hidden = true; });
  document.querySelectorAll("[data-fullscreen], [data-print]").forEach((e) => { e.hidden = false; });
})();
