// Small comforts. Every page works without this file.
"use strict";

// Characters as people count them: an emoji is one, a line break is one.
function lengthOf(text) {
  return Array.from(text.replace(/\r\n/g, "\n")).length;
}

function count(control) {
  const counter = document.querySelector(`[data-counter-for="${control.id}"]`);
  if (!counter) return;
  const left = Number(control.dataset.limit) - lengthOf(control.value);
  const words = left < 0 ? counter.dataset.over : counter.dataset.left;
  counter.textContent = words.replace("{n}", Math.abs(left).toLocaleString("en"));
  counter.toggleAttribute("data-over-limit", left < 0);
}

document.addEventListener("input", (event) => {
  if (event.target.dataset.limit) count(event.target);
});

// A button with data-copy puts that text on the clipboard and says so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button || !navigator.clipboard) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const label = button.querySelector("[data-copied]") || button;
  const before = label.textContent;
  label.textContent = button.dataset.copiedText;
  setTimeout(() => { label.textContent = before; }, 3000);
});

// One disclosure of the header at a time, closed by Escape or by leaving it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector(".site-header details[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

function prepare(root) {
  root.querySelectorAll("[data-limit]").forEach(count);
  root.querySelectorAll("[data-needs-script]").forEach((node) => { node.hidden = false; });
}

prepare(document);
document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
