"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const CLASSES = ["inner", "strong", "weak", "dormant", "card"];
  const SVG = "http://www.w3.org/2000/svg";
  const byId = (id) => document.getElementById(id);

  const rings = byId("rings");
  const spots = [];

  // People, unpacked one at a time: the page may hold tens of thousands.
  const word = (place) => (place ? data.words[place - 1] : "");
  const person = (place) => {
    const [name, kind, ring, strength, alive, company, title, sources, said, figures] =
      data.people[place];
    const [x, y] = spots[place] || [0, 0];
    const parts = figures.split("|");
    let next = 0;
    const evidence = word(said).replace(/\u0001/g, () => parts[next++] ?? "");
    return {
      place, name, ring, strength, alive, x, y, evidence,
      kind: CLASSES[kind], company: word(company), title: word(title), sources: word(sources),
    };
  };

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== false && value != null) made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child != null && child !== ""));
    return made;
  };
  const shape = (name, attributes) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const bdi = (text) => element("bdi", null, text);
  const whoButton = (place) =>
    element("button", { type: "button", class: "who", "data-p": place }, bdi(data.people[place][0]));

  // Cards.
  const card = byId("card");
  const listed = (title, items) =>
    items.length ? [element("h3", null, title), element("ul", null, ...items)] : [];

  const day = (number) => new Date(number * 864e5).toISOString().slice(0, 10);
  const monthName = (number) =>
    `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}`;
  // Flat lists: so many values belong together.
  const by = (size, flat) =>
    Array.from({ length: (flat || []).length / size }, (_, n) => flat.slice(n * size, n * size + size));

  const timeline = (months) => {
    const [first, last] = [months[0][0], months[months.length - 1][0]];
    const top = Math.max(...months.map(([, them, you]) => Math.max(them, you)));
    const wide = Math.max(last - first + 1, 12);
    const received = months.reduce((sum, month) => sum + month[1], 0);
    const sent = months.reduce((sum, month) => sum + month[2], 0);
    const label = `From ${monthName(first)} to ${monthName(last)}: ${received} from them (upwards), ` +
      `${sent} from you (downwards).`;
    const drawn = shape("svg", {
      class: "months", viewBox: `0 0 ${wide} 80`, preserveAspectRatio: "none", role: "img",
      "aria-label": label,
    });
    drawn.append(shape("rect", { x: 0, y: 39.5, width: wide, height: 1, class: "track" }));
    for (const [month, them, you] of months) {
      const [x, up, down] = [month - first + 0.1, (38 * them) / top, (38 * you) / top];
      drawn.append(
        shape("rect", { x, y: 39 - up, width: 0.8, height: up, class: "weak" }),
        shape("rect", { x, y: 41, width: 0.8, height: down, class: "strong" }),
      );
    }
    return [element("h3", null, "Contact by month"), drawn, element("p", { class: "evidence" }, label)];
  };

  const opened = (place) => {
    const one = person(place);
    const chance = one.kind === "card" ? "" : ` · ${one.alive} % to be in touch within a year`;
    const ring = one.ring ? `, ring ${one.ring}` : "";
    const contacts = by(4, data.contacts[place]).map(([source, name, company, since]) =>
      element("li", null, `${word(source)}: `, bdi(name || one.name),
        company ? ` at ${word(company)}` : "", since ? `, since ${day(since)}` : ""));
    const merges = (data.merges[place] || []).map(([both, score, ...reasons]) => {
      const told = by(2, reasons).map(([words, bits]) =>
        word(words) + (bits ? ` (${bits > 0 ? "+" : ""}${bits})` : ""));
      return element("li", { class: "evidence" },
        `${word(both)}: ${score}${told.length ? `. ${told.join(", ")}` : ""}`);
    });
    const hints = by(3, data.hints[place]).map(([at, said, words]) =>
      element("li", null, `${day(at)}, ${word(said)}: `, element("q", null, word(words))));
    const close = element("button", { type: "button", class: "close" }, "Close");
    close.addEventListener("click", () => card.close());
    card.replaceChildren(
      close,
      element("h2", { id: "card-name" }, bdi(one.name)),
      element("p", { class: "soft-word" }, [one.title, one.company].filter(Boolean).join(", ")),
      element("p", null, element("span", { class: `chip ${one.kind}` }, one.kind + ring),
        `strength ${one.strength.toFixed(1)}${chance}`),
      element("p", null, one.evidence),
      ...(data.months[place] ? timeline(by(3, data.months[place])) : []),
      ...listed(`Sources (${one.sources})`, contacts),
      ...listed("Why this is one person", merges),
      ...listed("Words that stood out", hints),
    );
    mark(place);
    if (!card.open) card.showModal();
    card.scrollTop = 0;
  };
  card.addEventListener("click", (event) => {
    if (event.target === card) card.close();
  });
  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-p]");
    if (target) opened(Number(target.dataset.p));
  });

  // Rings.
  const why = byId("why");
  const found = byId("found");
  const mark = (place) => {
    const [x, y] = spots[place];
    found.setAttribute("r", 18);
    found.setAttribute("cx", x);
    found.setAttribute("cy", y);
  };
  // Where everybody stands is written in the picture: dots name their person, the points of the
  // dust come in the order of the people.
  for (const dot of rings.querySelectorAll(".hit")) {
    const drawn = dot.querySelector(".dot");
    spots[dot.dataset.p] = [Number(drawn.getAttribute("cx")), Number(drawn.getAttribute("cy"))];
  }
  const dotted = spots.length;
  for (const dust of rings.querySelectorAll(".dust")) {
    const kind = CLASSES.findIndex((name) => dust.classList.contains(name));
    const points = dust.getAttribute("d").matchAll(/M(\d+) (\d+)/g);
    for (let place = dotted; place < data.people.length; place++) {
      if (data.people[place][1] !== kind) continue;
      const [, x, y] = points.next().value;
      spots[place] = [Number(x), Number(y)];
    }
  }
  const grid = new Map();
  spots.forEach(([x, y], place) => {
    const key = `${x >> 5},${y >> 5}`;
    if (grid.has(key)) grid.get(key).push(place);
    else grid.set(key, [place]);
  });
  const nearest = (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(rings.getScreenCTM().inverse());
    let best = null;
    let least = 16;
    for (let gx = -1; gx <= 1; gx++) {
      for (let gy = -1; gy <= 1; gy++) {
        for (const place of grid.get(`${(at.x >> 5) + gx},${(at.y >> 5) + gy}`) || []) {
          const away = Math.hypot(spots[place][0] - at.x, spots[place][1] - at.y);
          if (away < least) [best, least] = [place, away];
        }
      }
    }
    return best;
  };
  const say = (place) => {
    if (place == null) {
      why.hidden = true;
      return;
    }
    const one = person(place);
    why.replaceChildren(element("b", null, bdi(one.name)), `${one.kind}. ${one.evidence}`);
    why.hidden = false;
    const matrix = rings.getScreenCTM();
    const box = rings.parentElement.getBoundingClientRect();
    const spot = new DOMPoint(one.x, one.y).matrixTransform(matrix);
    const left = Math.min(Math.max(spot.x - box.left + 14, 0), box.width - why.offsetWidth);
    const above = spot.y - box.top - why.offsetHeight - 14;
    why.style.left = `${left}px`;
    why.style.top = `${above > 0 ? above : spot.y - box.top + 18}px`;
  };
  const hits = [...rings.querySelectorAll(".hit")].sort((a, b) => a.dataset.p - b.dataset.p);
  rings.addEventListener("pointermove", (event) => {
    const dot = event.target.closest(".hit");
    say(dot ? Number(dot.dataset.p) : nearest(event));
  });
  rings.addEventListener("pointerleave", () => say(null));
  rings.addEventListener("click", (event) => {
    const place = event.target.closest(".hit") ? null : nearest(event);
    if (place != null) opened(place);
  });
  rings.addEventListener("focusin", (event) => {
    const dot = event.target.closest(".hit");
    if (dot && dot.matches(":focus-visible")) say(Number(dot.dataset.p));
  });
  rings.addEventListener("focusout", () => say(null));
  rings.addEventListener("keydown", (event) => {
    const dot = event.target.closest(".hit");
    if (!dot) return;
    const at = hits.indexOf(dot);
    const steps = {
      ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1,
      Home: 0, End: hits.length - 1,
    };
    if (event.key in steps) {
      const next = hits[Math.min(Math.max(steps[event.key], 0), hits.length - 1)];
      dot.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
      event.preventDefault();
    } else if (event.key === "Enter" || event.key === " ") {
      opened(Number(dot.dataset.p));
      event.preventDefault();
    }
  });

  // Search.
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const find = byId("find");
  const list = byId("hits");
  const count = byId("count");
  let haystack = null;
  let shown = [];
  let chosen = -1;
  const search = (text) => {
    haystack ??= data.people.map((row) => folded(`${row[0]} ${word(row[5])} ${word(row[6])}`));
    const words = folded(text).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const places = [];
    haystack.forEach((hay, place) => {
      if (words.every((one) => hay.includes(one))) places.push(place);
    });
    return places;
  };
  const choose = (at) => {
    chosen = at;
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === at)));
    const item = list.children[at];
    if (item) {
      find.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
      mark(shown[at]);
    } else find.removeAttribute("aria-activedescendant");
  };
  const fold = () => {
    list.hidden = true;
    find.setAttribute("aria-expanded", "false");
    choose(-1);
  };
  const listHits = () => {
    const places = search(find.value);
    shown = places.slice(0, 12);
    list.replaceChildren(...shown.map((place, n) => {
      const one = person(place);
      return element("li", { id: `hit-${n}`, role: "option", "aria-selected": "false", "data-n": n },
        bdi(one.name), element("span", null, [one.kind, one.company].filter(Boolean).join(" · ")));
    }));
    const typed = find.value.trim() !== "";
    list.hidden = !shown.length;
    find.setAttribute("aria-expanded", String(shown.length > 0));
    const more = places.length > shown.length ? `, the closest ${shown.length} shown` : "";
    count.textContent = typed ? `${places.length} found${more}` : "";
    choose(shown.length ? 0 : -1);
  };
  find.addEventListener("input", listHits);
  find.addEventListener("keydown", (event) => {
    if (event.key === "Escape") fold();
    else if (event.key === "Enter" && chosen >= 0) {
      const place = shown[chosen];
      fold();
      opened(place);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && shown.length) {
      list.hidden = false;
      find.setAttribute("aria-expanded", "true");
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose((chosen + step + shown.length) % shown.length);
    } else return;
    event.preventDefault();
  });
  find.addEventListener("blur", () => setTimeout(fold, 150));
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (!item) return;
    const place = shown[Number(item.dataset.n)];
    fold();
    opened(place);
  });

  // Tables.
  const several = (cells) =>
    cells.flatMap((one, n) => [n ? ", " : "", typeof one === "number" ? whoButton(one) : one]);
  const cell = (value) =>
    typeof value === "number" ? [whoButton(value)] : Array.isArray(value) ? several(value) : [value];
  const wordsOf = (row) =>
    folded(row.flat().map((one) => (typeof one === "number" ? data.people[one][0] : one)).join(" "));
  for (const box of document.querySelectorAll("[data-table]")) {
    const rows = data.tables[box.dataset.table] || [];
    const body = box.querySelector("tbody");
    const first = body.children.length;
    if (rows.length <= first) continue;
    const kinds = [...box.querySelectorAll("th")].map((head) => head.className);
    const caption = box.querySelector("caption").textContent;
    const filter = element("input", {
      type: "search", class: "filter", placeholder: `filter ${rows.length} rows`, autocomplete: "off",
      "aria-label": `Filter the table: ${caption}`,
    });
    const more = element("button", { type: "button", class: "more" }, "Show more rows");
    const status = element("span", { class: "soft-word", role: "status" });
    let limit = first;
    let texts = null;
    const show = () => {
      const words = folded(filter.value).split(/\s+/).filter(Boolean);
      texts ??= rows.map(wordsOf);
      const kept = words.length
        ? rows.filter((_, n) => words.every((one) => texts[n].includes(one))) : rows;
      body.replaceChildren(...kept.slice(0, limit).map((row) =>
        element("tr", null, ...row.map((value, n) =>
          element("td", { class: kinds[n] || false }, ...cell(value))))));
      more.hidden = kept.length <= limit;
      status.textContent = words.length ? ` ${kept.length} of ${rows.length} rows match` : "";
    };
    filter.addEventListener("input", () => {
      limit = Math.max(first, 25);
      show();
    });
    more.addEventListener("click", () => {
      limit += 100;
      show();
    });
    box.prepend(filter);
    box.append(more, status);
  }

  // A figure leads to its query, which stands folded.
  const unfold = () => {
    const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === "DETAILS") {
      target.open = true;
      target.querySelector("summary").focus();
    }
  };
  addEventListener("hashchange", unfold);
  document.addEventListener("click", (event) => {
    if (event.target.closest("a.fig")) setTimeout(unfold);
  });
  unfold();
})();
