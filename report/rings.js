// Rings.
const rings = byId("rings");
const spots = [];
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
  for (let place = dotted; place < names.length; place++) {
    if (kinds[place] !== kind) continue;
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
