// Shortcuts for those who work at the desk all day. Every page works without this file, and
// single keys can be switched off (WCAG 2.1.4); the choice stays in this browser.
"use strict";

const CHOICE = "minben.desk.keys";
const PREFIX_HOLDS = 1500; // milliseconds between g and the letter after it
const places = document.querySelector(".desk-nav").dataset;
let prefixed = 0;

function chosen() {
  try { return localStorage.getItem(CHOICE) !== "off"; } catch { return true; }
}

function choose(on) {
  try { localStorage.setItem(CHOICE, on ? "on" : "off"); } catch { /* nothing is kept then */ }
}

function typing(target) {
  return target.isContentEditable || target.closest("textarea, select, input:not([type=checkbox], [type=radio])");
}

function rows() {
  return Array.from(document.querySelectorAll("[data-row]"));
}

function current() {
  return document.activeElement.closest("[data-row]");
}

// Focus really moves, so that a screen reader says where one is.
function step(by) {
  const all = rows();
  const here = all.indexOf(current());
  const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by];
  if (next) next.querySelector("a").focus();
  return Boolean(next);
}

function search() {
  const field = document.querySelector("main input[type=search]") ?? document.querySelector("input[type=search]");
  if (field) field.focus();
  return Boolean(field);
}

function pick() {
  const box = current()?.querySelector("input[type=checkbox]");
  if (box) box.click();
  return Boolean(box);
}

function open() {
  const link = current()?.querySelector("a");
  if (link) link.click();
  return Boolean(link);
}

const ACTS = {
  j: () => step(1),
  k: () => step(-1),
  o: open,
  x: pick,
  "/": search,
  "?": () => { location.assign(places.keys); return true; },
};
const AFTER_G = { i: places.inbox, c: places.cases };

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!chosen() || typing(event.target) || document.querySelector("dialog[open]")) return;
  const key = event.key;
  if (event.timeStamp - prefixed < PREFIX_HOLDS && AFTER_G[key]) {
    location.assign(AFTER_G[key]);
    event.preventDefault();
    return;
  }
  prefixed = key === "g" ? event.timeStamp : -PREFIX_HOLDS;
  if (Object.hasOwn(ACTS, key) && ACTS[key]()) event.preventDefault();
});

const toggle = document.querySelector("[data-keys-switch]");
if (toggle) {
  toggle.checked = chosen();
  toggle.addEventListener("change", () => choose(toggle.checked));
}
