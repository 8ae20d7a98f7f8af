// The smallest means of putting things on the page: never as markup, always as text.

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

function shape(name, attributes, label) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (label !== undefined) made.textContent = label;
  return made;
}

const number = (n) => n.toLocaleString("en");

// A day of Taiwan, which has kept UTC+8 since 1980.
const taipei = (instant) => new Date(Date.parse(instant) + 8 * 3600_000).toISOString();
const dayOf = (instant) => taipei(instant).slice(0, 10);
const moment = (instant) => (instant ? taipei(instant).slice(0, 16).replace("T", " ") : "");

function verdict(kind, title, ...body) {
  const lines = body.filter(Boolean).map((line) => element("p", {}, line));
  return element("div", { class: "verdict", "data-kind": kind }, element("strong", {}, title), ...lines);
}

function factList(rows) {
  return element("dl", {}, ...rows.filter(([, value]) => value).map(([name, value, code]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, code ? element("code", {}, value) : value))));
}

let tables = 0;

// rows: lists of cells; a cell is a text, or {text, class}. The first column heads its row.
// Under a heading that says the same, the caption is only for those who hear the page.
function table(caption, heads, rows, look = "heard") {
  const cell = (name, one, more = {}) => element(name, { ...more, class: one.class || null }, one.text ?? one);
  tables += 1;
  const id = `caption-${tables}`;
  const head = element("tr", {}, ...heads.map((one) => cell("th", one, { scope: "col" })));
  const body = rows.map((row) => element("tr", {}, ...row.map((one, i) => (i ? cell("td", one) : cell("th", one, { scope: "row" })))));
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": id },
    element("table", { class: look }, element("caption", { id }, caption), element("thead", {}, head), element("tbody", {}, ...body)));
}

const WIDE = 640, HIGH = 260, LEFT = 84, RIGHT = 12, TOP = 24, BOTTOM = 36;

// Valid endorsements added up day by day, the struck out ones above them, and the threshold.
function picture(days, threshold, words) {
  const made = shape("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": words.label });
  const top = Math.max(threshold || 0, ...days.map((day) => day.total + day.struckTotal), 1) * 1.08;
  const y = (n) => HIGH - BOTTOM - (n / top) * (HIGH - TOP - BOTTOM);
  const step = (WIDE - LEFT - RIGHT) / Math.max(days.length, 1);
  const wide = Math.max(Math.min(step * 0.72, 48), 1);
  days.forEach((day, i) => {
    const x = LEFT + i * step + (step - wide) / 2;
    made.append(shape("rect", { class: "bar", x, y: y(day.total), width: wide, height: y(0) - y(day.total) }));
    if (day.struckTotal) made.append(shape("rect", { class: "struck", x, y: y(day.total + day.struckTotal), width: wide, height: y(0) - y(day.struckTotal) }));
  });
  made.append(shape("line", { class: "axis", x1: LEFT, x2: WIDE - RIGHT, y1: y(0), y2: y(0) }));
  made.append(shape("text", { x: LEFT - 8, y: y(0), "text-anchor": "end", "dominant-baseline": "central" }, "0"));
  if (threshold) {
    made.append(shape("line", { class: "goal", x1: LEFT, x2: WIDE - RIGHT, y1: y(threshold), y2: y(threshold) }));
    made.append(shape("text", { class: "goal-word", x: LEFT - 8, y: y(threshold), "text-anchor": "end", "dominant-baseline": "central" }, number(threshold)));
  }
  if (days.length) {
    made.append(shape("text", { x: LEFT, y: HIGH - 8 }, days[0].day.slice(5)));
    if (days.length > 1) made.append(shape("text", { x: WIDE - RIGHT, y: HIGH - 8, "text-anchor": "end" }, days[days.length - 1].day.slice(5)));
  }
  return made;
}
