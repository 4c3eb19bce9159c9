// Search.
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const find = byId("find");
const list = byId("hits");
const count = byId("count");
let haystack = null;
let shown = [];
let chosen = -1;
const search = (text) => {
  haystack ??= names.map((name, n) => folded(`${name} ${word(companies[n])} ${word(titles[n])}`));
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
