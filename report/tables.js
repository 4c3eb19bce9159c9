// Tables: the page shows the first rows; here come the others, and a filter. A cell is a text, a
// person by their place, a word kept elsewhere (below zero), or several of these.
const textOf = (one) => (typeof one !== "number" ? one : one < 0 ? word(-one) : names[one]);
const shownCell = (one) => (typeof one === "number" && one >= 0 ? whoButton(one) : textOf(one));
const cell = (value) =>
  Array.isArray(value)
    ? value.flatMap((one, n) => [n ? ", " : "", shownCell(one)]) : [shownCell(value)];
const wordsOf = (row) => folded(row.flat().map(textOf).join(" "));
for (const box of document.querySelectorAll("[data-table]")) {
  const rows = data.tables[box.dataset.table] || [];
  const body = box.querySelector("tbody");
  const first = body.children.length;
  if (rows.length <= first) continue;
  const looks = [...box.querySelectorAll("th")].map((head) => head.className);
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
        element("td", { class: looks[n] || false }, ...cell(value))))));
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
