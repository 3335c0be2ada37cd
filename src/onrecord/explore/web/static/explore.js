"use strict";
/* Keys, copying, and menus that close. What a page shows does not need any of it. */
(() => {
  const ROOT = document.querySelector(".brand").getAttribute("href");
  const PAGES = { b: ROOT, r: `${ROOT}record`, a: `${ROOT}actors`, p: `${ROOT}pairs`, u: `${ROOT}run` };
  const ITEMS = ".hits > li, .articles > li, .echoes > li, .list tbody tr";
  let chord = 0;

  const typing = (target) => target.matches("input, select, textarea, [contenteditable]");

  function step(by) {
    const items = [...document.querySelectorAll(ITEMS)];
    if (!items.length) return;
    const now = items.findIndex((item) => item.contains(document.activeElement));
    const item = items[Math.min(Math.max(now + by, 0), items.length - 1)];
    for (const other of items) other.classList.toggle("at", other === item);
    item.querySelector("a").focus();
    item.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll(".menu[open]")) menu.open = false;
      if (typing(event.target)) event.target.blur();
      return;
    }
    if (typing(event.target)) return;
    const search = document.querySelector("[data-search]");
    if (event.key === "/" && search) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "j" || event.key === "k") {
      step(event.key === "j" ? 1 : -1);
    } else if (event.key === "g") {
      chord = Date.now();
    } else if (Date.now() - chord < 1200 && event.key in PAGES) {
      location.assign(PAGES[event.key]);
    }
  });

  async function copy(button, text) {
    await navigator.clipboard.writeText(text);
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 1500);
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-copy]");
    if (button) {
      event.stopPropagation();
      copy(button, button.dataset.copy);
    }
    for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  }, true);

  /* An address without its empty parameters is one that can be sent. */
  document.addEventListener("htmx:configRequest", (event) => {
    const parameters = event.detail.parameters;
    if (event.detail.verb !== "get") return;
    for (const name of Object.keys(parameters)) if (parameters[name] === "") delete parameters[name];
    if (parameters.sort === "best") delete parameters.sort;
  });
})();
