// What the page holds, unpacked: report/packing.py says how. Numbers are read when they are needed.
const data = JSON.parse(document.getElementById("data").textContent);
const CLASSES = ["inner", "strong", "weak", "dormant", "card"];
const HALF = data.signs.length / 2;
const SLOT = /[\ue000-\ue006]/g;
const DAY = 5;
const QUOTED = 6;

const digits = new Map([...data.signs].map((sign, n) => [sign, n]));
const numbers = (text) => {
  const found = [];
  let value = 0;
  let factor = 1;
  for (const sign of text) {
    const digit = digits.get(sign);
    value += factor * (digit % HALF);
    factor *= HALF;
    if (digit < HALF) {
      found.push(value);
      [value, factor] = [0, 1];
    }
  }
  return found;
};
const runs = (text) => {
  const found = [];
  const flat = numbers(text);
  for (let n = 0; n < flat.length; n += 2) {
    for (let more = flat[n + 1]; more >= 0; more--) found.push(flat[n]);
  }
  return found;
};
// A list for everybody, in the order of the people.
const grouped = ([lengths, text]) => {
  let flat = null;
  const ends = [];
  return (place) => {
    if (!flat) {
      flat = numbers(text);
      let end = 0;
      for (const length of runs(lengths)) ends.push((end += length));
    }
    return flat.slice(place ? ends[place - 1] : 0, ends[place]);
  };
};

const word = (place) => (place ? data.words[place - 1] : "");
const day = (number) => new Date(number * 864e5).toISOString().slice(0, 10);
const sentence = (pattern, next) =>
  data.patterns[pattern - 1].replace(SLOT, (slot) => {
    const [kind, value] = [slot.charCodeAt(0) - 0xe000, next()];
    if (kind === DAY) return day(data.last - value);
    return kind === QUOTED ? `"${word(value)}"` : (value / 10 ** kind).toFixed(kind);
  });

const { names } = data;
const kinds = runs(data.kinds);
const companies = numbers(data.companies);
const titles = numbers(data.titles);
const said = runs(data.said[0]);
const column = (text) => {
  let held = null;
  return (place) => (held ??= runs(text))[place];
};
const [ringOf, strengthOf, chanceOf, sourcesOf] =
  [data.rings, data.strengths, data.chances, data.sources].map(column);
const evidenceOf = (() => {
  const open = data.patterns.map((pattern) => (pattern.match(SLOT) || []).length);
  let flat = null;
  const starts = [];
  return (place) => {
    if (!flat) {
      flat = numbers(data.said[1]);
      let start = 0;
      for (const pattern of said) {
        starts.push(start);
        start += pattern ? open[pattern - 1] : 0;
      }
    }
    let at = starts[place];
    return said[place] ? sentence(said[place], () => flat[at++]) : "";
  };
})();
const person = (place) => {
  const [x, y] = spots[place] || [0, 0];
  return {
    place, x, y,
    name: names[place], kind: CLASSES[kinds[place]], ring: ringOf(place),
    strength: strengthOf(place) / 10, chance: chanceOf(place), evidence: evidenceOf(place),
    company: word(companies[place]), title: word(titles[place]), sources: word(sourcesOf(place)),
  };
};
