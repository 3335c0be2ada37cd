"use strict";
(() => {
  const ROLES = ["source", "cue", "content"];
  const LIT = ["on", "on-source", "on-cue", "on-content", "peek"];
  let lit = [];
  let pinned = null;

  const keysOf = (mark) => (mark.dataset.card || mark.dataset.on || mark.dataset.s).split(" ");
  const markUnder = (target) => target instanceof Element ? target.closest("[data-s], [data-card]") : null;
  const cardOf = (article, key) => article.querySelector(`[data-card="${CSS.escape(key)}"]`);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const glide = (element, block) => element.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });

  function clear() {
    for (const element of lit) element.classList.remove(...LIT);
    lit = [];
    document.body.classList.remove("lit");
  }

  function light(element, ...classes) {
    element.classList.add("on", ...classes);
    lit.push(element);
  }

  function show(mark) {
    clear();
    if (!mark) return;
    const article = mark.closest("article");
    for (const key of keysOf(mark)) {
      for (const role of ROLES) {
        const selector = `.text [data-${role}~="${CSS.escape(key)}"]`;
        for (const piece of article.querySelectorAll(selector)) light(piece, `on-${role}`);
      }
      const card = cardOf(article, key);
      if (card) light(card);
    }
    document.body.classList.add("lit");
  }

  /* The card of a mark in the text: beside it when there is room, else at the foot of the window. */
  function reveal(mark) {
    if (mark.dataset.card) return;
    const card = cardOf(mark.closest("article"), keysOf(mark)[0]);
    if (!card) return;
    if (matchMedia("(min-width: 62rem)").matches) {
      const list = card.closest("aside");
      const [inner, outer] = [card.getBoundingClientRect(), list.getBoundingClientRect()];
      if (inner.top < outer.top || inner.bottom > outer.bottom) {
        list.scrollTo({ top: list.scrollTop + inner.top - outer.top - 24, behavior: calm.matches ? "auto" : "smooth" });
      }
    } else {
      card.classList.add("peek");
    }
  }

  function pin(mark) {
    pinned = mark;
    show(mark);
    if (mark) reveal(mark);
  }

  function find(card) {
    const piece = card.closest("article").querySelector(`.text [data-s~="${CSS.escape(card.dataset.card)}"]`);
    if (piece) glide(piece, "center");
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const mark = markUnder(event.target);
    show(mark || pinned);
    if (mark) reveal(mark);
  });
  document.addEventListener("focusin", (event) => {
    const mark = markUnder(event.target);
    if (mark && event.target.matches(":focus-visible")) pin(mark);
  });
  document.addEventListener("click", (event) => {
    const mark = markUnder(event.target);
    if (event.target.closest("a")) return;
    pin(mark && mark !== pinned ? mark : null);
    if (pinned && mark.dataset.card && !mark.classList.contains("peek")) find(mark);
  });
  document.addEventListener("keydown", (event) => {
    const mark = markUnder(event.target);
    if (event.key === "Escape") pin(null);
    if (event.key === "Enter" && mark && mark.dataset.s) {
      const card = cardOf(mark.closest("article"), keysOf(mark)[0]);
      if (card) card.querySelector(".permalink").focus();
    }
  });

  function follow() {
    const target = document.getElementById(location.hash.slice(1));
    if (!target || !target.dataset.card) return;
    pin(target);
    find(target);
  }
  addEventListener("hashchange", follow);
  follow();
})();
