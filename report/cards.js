// Cards of people.
const SVG = "http://www.w3.org/2000/svg";
const byId = (id) => document.getElementById(id);
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
  element("button", { type: "button", class: "who", "data-p": place }, bdi(names[place]));

const card = byId("card");
const listed = (title, items) =>
  items.length ? [element("h3", null, title), element("ul", null, ...items)] : [];
const told = (place) => data.told[place - 1];
const before = (number) => (number ? day(data.last - number + 1) : "");
const [contactsOf, mergesOf, monthsOf, hintsOf, favoursOf] =
  [data.contacts, data.merges, data.months, data.hints, data.favours].map(grouped);

const contacts = (one) => {
  const found = [];
  const flat = contactsOf(one.place);
  for (let at = 0; at < flat.length; ) {
    const code = flat[at++];
    const name = code % 6 >= 3 ? word(flat[at++]) : one.name;
    const company = ["", one.company, null][code % 3] ?? word(flat[at++]);
    const since = before(flat[at++]);
    found.push(element("li", null, `${told(Math.floor(code / 6) + 1)}: `, bdi(name),
      company ? ` at ${company}` : "", since ? `, since ${since}` : ""));
  }
  return found;
};

const SURER = 1000;
const merges = (place) => {
  const found = [];
  const flat = mergesOf(place);
  let at = 0;
  const next = () => flat[at++];
  while (at < flat.length) {
    const [both, score, count] = [told(next()), next(), next()];
    const sure = score === SURER ? "over 99.9%" : `${(score / 10).toFixed(1)}%`;
    const reasons = Array.from({ length: count }, () => sentence(next(), next));
    const said = score > SURER ? "you decided" : sure;
    found.push(element("li", { class: "evidence" },
      `${both}: ${said}${reasons.length ? `. ${reasons.join(", ")}` : ""}`));
  }
  return found;
};

const hints = (place) => {
  const found = [];
  const flat = hintsOf(place);
  let back = 0;
  for (let at = 0; at < flat.length; at += 3) {
    back += flat[at + 2];
    found.push(element("li", null, `${before(back)}, ${told(flat[at])}: `,
      element("q", null, word(flat[at + 1]))));
  }
  return found;
};

// Months: most are one sign; 42 stands before counts in full, 43 before a gap.
const months = (place) => {
  const found = [];
  const flat = monthsOf(place);
  let month = flat[0];
  for (let at = 1; at < flat.length; month++) {
    if (flat[at] === 43) {
      month += flat[at + 1];
      at += 2;
    }
    if (flat[at] === 42) {
      found.push([month, flat[at + 1], flat[at + 2]]);
      at += 3;
    } else {
      found.push([month, Math.floor(flat[at] / 7), flat[at] % 7]);
      at += 1;
    }
  }
  return found;
};

const monthName = (number) =>
  `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}`;
const timeline = (held) => {
  if (!held.length) return [];
  const [first, last] = [held[0][0], held[held.length - 1][0]];
  const top = Math.max(...held.map(([, them, you]) => Math.max(them, you)));
  const wide = Math.max(last - first + 1, 12);
  const received = held.reduce((sum, month) => sum + month[1], 0);
  const sent = held.reduce((sum, month) => sum + month[2], 0);
  const label = `From ${monthName(first)} to ${monthName(last)}: ${received} from them (upwards), ` +
    `${sent} from you (downwards).`;
  const drawn = shape("svg", {
    class: "months", viewBox: `0 0 ${wide} 80`, preserveAspectRatio: "none", role: "img",
    "aria-label": label,
  });
  drawn.append(shape("rect", { x: 0, y: 39.5, width: wide, height: 1, class: "track" }));
  for (const [month, them, you] of held) {
    const [x, up, down] = [month - first + 0.1, (38 * them) / top, (38 * you) / top];
    drawn.append(
      shape("rect", { x, y: 39 - up, width: 0.8, height: up, class: "weak" }),
      shape("rect", { x, y: 41, width: 0.8, height: down, class: "strong" }),
    );
  }
  return [element("h3", null, "Contact by month"), drawn, element("p", { class: "evidence" }, label)];
};

// A small see-saw: the side that gave more sinks.
const seesaw = (place) => {
  const [given, received] = favoursOf(place);
  if (given == null) return [];
  const lean = (14 * (given - received)) / (given + received);
  const label = `Favours of the last year: ${given} from you, ${received} from them.`;
  const drawn = shape("svg", { class: "seesaw", viewBox: "0 0 120 44", role: "img", "aria-label": label });
  const size = (count) => 3 + 8 * Math.sqrt(count / Math.max(given, received));
  drawn.append(
    shape("path", { d: "M60 26L54 42H66Z", class: "faint" }),
    shape("line", { x1: 14, y1: 26 + lean / 2, x2: 106, y2: 26 - lean / 2, class: "stroke beam" }),
    shape("circle", { cx: 18, cy: 24 + lean / 2 - size(given), r: size(given), class: "weak" }),
    shape("circle", { cx: 102, cy: 24 - lean / 2 - size(received), r: size(received), class: "strong" }),
  );
  return [element("h3", null, "Give and take"),
    element("div", { class: "balance" }, drawn, element("p", { class: "evidence" }, label))];
};

const ownWords = (place) => {
  const [tags, notes] = data.own[place] || [[], []];
  const chips = tags.map((tag) => element("li", { class: "tag" }, bdi(tag)));
  return [
    ...(chips.length
      ? [element("h3", null, "Your tags"), element("ul", { class: "tags" }, ...chips)] : []),
    ...listed("Your notes", notes.map((note) => element("li", null, bdi(note)))),
  ];
};

const opened = (place) => {
  const one = person(place);
  const chance = one.kind === "card" ? "" : ` · ${one.chance} % to be in touch within a year`;
  const ring = one.ring ? `, ring ${one.ring}` : "";
  const close = element("button", { type: "button", class: "close" }, "Close");
  close.addEventListener("click", () => card.close());
  card.replaceChildren(
    close,
    element("h2", { id: "card-name" }, bdi(one.name)),
    element("p", { class: "soft-word" }, [one.title, one.company].filter(Boolean).join(", ")),
    element("p", null, element("span", { class: `chip ${one.kind}` }, one.kind + ring),
      `strength ${one.strength.toFixed(1)}${chance}`),
    element("p", null, one.evidence),
    ...ownWords(place),
    ...timeline(months(place)),
    ...seesaw(place),
    ...listed(`Sources (${one.sources})`, contacts(one)),
    ...listed("Why this is one person", merges(place)),
    ...listed("Words that stood out", hints(place)),
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
