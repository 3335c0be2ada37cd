"use strict";
(() => {
  const ROLES = ["source", "cue", "content"];
  const LIT = ["on", "on-source", "on-cue", "on-content", "on-same", "on-naming", "on-words", "at", "peek"];
  const MARKS = "[data-s], [data-e], [data-card]";
  let lit = [];
  let pinned = null;

  /* Elements of an article by what they are part of, gathered in one pass when it is first looked at. */
  const gathered = new WeakMap();
  function partsOf(article) {
    if (gathered.has(article)) return gathered.get(article);
    const parts = new Map();
    const add = (name, element) => parts.has(name) ? parts.get(name).push(element) : parts.set(name, [element]);
    for (const piece of article.querySelectorAll(".text > *")) {
      for (const role of [...ROLES, "s", "e", "w"]) {
        if (role in piece.dataset) for (const key of piece.dataset[role].split(" ")) add(`${role} ${key}`, piece);
      }
    }
    for (const card of article.querySelectorAll("[data-card]")) add(`card ${card.dataset.card}`, card);
    gathered.set(article, parts);
    return parts;
  }
  const part = (article, role, key) => partsOf(article).get(`${role} ${key}`) || [];
  const cardOf = (article, key) => part(article, "card", key)[0];
  const keysOf = (mark) => (mark.dataset.card || mark.dataset.on || mark.dataset.s || "").split(" ").filter(Boolean);

  const under = (target, selector) => target instanceof Element ? target.closest(selector) : null;
  const markUnder = (target) => under(target, MARKS);
  const mentionUnder = (target) => under(target, ".text [data-e]");
  const linkUnder = (target) => under(target, ".ribbon [data-words]");
  const wide = matchMedia("(min-width: 62rem)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const manner = () => calm.matches ? "auto" : "smooth";
  const glide = (element, block) => element.scrollIntoView({ block, behavior: manner() });

  function clear() {
    for (const element of lit) element.classList.remove(...LIT);
    lit = [];
  }

  function light(element, ...classes) {
    element.classList.add(...classes);
    lit.push(element);
  }

  /* Light the statements of a mark, the other mentions of whom it means, and the one that names them. */
  function show(mark) {
    clear();
    if (!mark) return;
    if (linkUnder(mark)) return point(mark);
    const article = mark.closest("article");
    const keys = keysOf(mark);
    for (const key of keys) {
      for (const role of ROLES) for (const piece of part(article, role, key)) light(piece, "on", `on-${role}`);
      const card = cardOf(article, key);
      if (card) light(card, "on");
    }
    if (keys.length) tell(article, cardOf(article, keys[0]));
    if (!mark.dataset.e) return;
    for (const piece of part(article, "e", mark.dataset.e)) light(piece, "on-same");
    const naming = mark.dataset.by && document.getElementById(mark.dataset.by);
    if (naming) light(naming, "on-naming");
  }

  /* The way of the chosen statement, above the text. It stays until another is chosen. */
  function tell(article, card) {
    const bar = article.querySelector(".chosen");
    if (!card || bar.dataset.shows === card.dataset.card) return;
    const label = document.createElement("span");
    label.className = "label";
    label.textContent = card.querySelector(".permalink").textContent;
    bar.replaceChildren(label, card.querySelector(".ribbon").cloneNode(true));
    bar.dataset.shows = card.dataset.card;
    bar.scrollLeft = 0;
  }

  /* Whom a mention means, beside it. While a mouse is on it, its title is kept from showing the same again. */
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);
  let tipped = null;

  function untip() {
    if (tipped) tipped.title = tip.dataset.title;
    tipped = null;
    tip.hidden = true;
  }

  function tipFor(mention, x) {
    if (mention === tipped) return;
    untip();
    if (!mention || !mention.title) return;
    tipped = mention;
    tip.dataset.title = mention.title;
    tip.replaceChildren(...mention.title.split("\n").map((words) => {
      const line = document.createElement("p");
      line.textContent = words;
      return line;
    }));
    mention.removeAttribute("title");
    tip.hidden = false;
    place(x);
  }

  function place(x) {
    const boxes = [...tipped.getClientRects()];
    const box = boxes.find((it) => it.left <= x && x <= it.right) || boxes[0];
    const [width, height] = [tip.offsetWidth, tip.offsetHeight];
    const below = box.bottom + 8 + height <= innerHeight;
    tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
    tip.style.top = `${below ? box.bottom + 8 : Math.max(8, box.top - height - 8)}px`;
  }

  /* The card of a mark in the text: beside it when there is room, else at the foot of the window. */
  function reveal(mark) {
    if (mark.dataset.card) return;
    const card = cardOf(mark.closest("article"), keysOf(mark)[0]);
    if (!card) return;
    if (!wide.matches) {
      light(card, "peek");
      return;
    }
    const list = card.closest("aside");
    const [inner, outer] = [card.getBoundingClientRect(), list.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom) {
      list.scrollTo({ top: list.scrollTop + inner.top - outer.top - 24, behavior: manner() });
    }
  }

  function pin(mark) {
    pinned = mark;
    show(mark);
    if (mark) reveal(mark);
  }

  function find(card) {
    const [piece] = part(card.closest("article"), "s", card.dataset.card);
    if (piece) glide(piece, "center");
  }

  /* The words that a link of a ribbon stands on, and its statement. */
  function point(link) {
    const article = link.closest("article");
    show(cardUnder(link));
    const pieces = part(article, "w", link.dataset.words);
    for (const piece of pieces) light(piece, "on-words");
    light(link, "at");
    return pieces;
  }

  function cardUnder(link) {
    const article = link.closest("article");
    return link.closest("[data-card]") || cardOf(article, article.querySelector(".chosen").dataset.shows);
  }

  /* Goes to the words of a link. On a narrow page its card moves to the foot of the window, to stay in sight. */
  function go(link) {
    const card = cardUnder(link);
    pinned = card.querySelector(`.ribbon [data-words="${link.dataset.words}"]`);
    const [piece] = point(link);
    if (!wide.matches && link.closest("[data-card]")) light(card, "peek");
    if (piece) glide(piece, "center");
  }

  /* Text that scrolls by under a mouse at rest is not chosen. */
  let at = "";
  function moved(event) {
    const before = at;
    at = `${event.screenX} ${event.screenY}`;
    return at !== before;
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || !moved(event)) return;
    const link = linkUnder(event.target);
    tipFor(mentionUnder(event.target), event.clientX);
    if (link) return point(link);
    if (under(event.target, ".chosen")) return;
    const mark = markUnder(event.target);
    show(mark || pinned);
    if (mark) reveal(mark);
  });
  document.addEventListener("pointermove", moved);
  document.addEventListener("focusin", (event) => {
    if (!event.target.matches(":focus-visible")) return;
    const link = linkUnder(event.target);
    tipFor(mentionUnder(event.target), 0);
    if (link) return go(link);
    const mark = markUnder(event.target);
    if (mark) pin(mark);
  });
  document.addEventListener("focusout", untip);
  document.addEventListener("click", (event) => {
    const link = linkUnder(event.target);
    const mention = mentionUnder(event.target);
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (link && plain) {
      event.preventDefault();
      history.pushState(null, "", link.hash);
      return go(link);
    }
    if (mention && plain && event.detail > 0) event.preventDefault();
    else if (under(event.target, "a, .chosen")) return;
    const mark = markUnder(event.target);
    pin(mark && mark !== pinned ? mark : null);
    tipFor(mention, event.clientX);
    if (pinned && mark.dataset.card && !mark.classList.contains("peek")) find(mark);
  });
  document.addEventListener("keydown", (event) => {
    const mark = markUnder(event.target);
    if (event.key === "Escape") {
      pin(null);
      untip();
    }
    /* Where a statement begins, Enter leads to its card; elsewhere a mention leads to whom it means. */
    if (event.key === "Enter" && mark && mark.dataset.s && mark.hasAttribute("aria-describedby")) {
      const card = cardOf(mark.closest("article"), keysOf(mark)[0]);
      if (!card) return;
      event.preventDefault();
      card.querySelector(".permalink").focus();
    }
  });
  addEventListener("scroll", () => tipped && place(0), { passive: true, capture: true });

  function follow() {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (target.dataset.card) {
      pin(target);
      find(target);
    } else if (target.matches(".text > *")) {
      pin(target.dataset.s || target.dataset.e ? target : null);
      light(target, "on-words");
      glide(target, "center");
    }
  }
  addEventListener("hashchange", follow);
  for (const bar of document.querySelectorAll(".chosen")) bar.hidden = false;
  follow();
})();
