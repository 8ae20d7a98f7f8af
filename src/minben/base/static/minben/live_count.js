// The count of a proposal, asked again while somebody looks at it. The page works without this file.
"use strict";

(() => {
  const box = document.querySelector("[data-live-count]");
  if (!box || (navigator.connection && navigator.connection.saveData)) return;

  const SOONEST = 10_000, LATEST = 120_000; // between two questions, as long as nothing changes
  const FAILED_LATEST = 600_000;            // while the platform does not answer
  const SAID_EVERY = 20_000;                // a screen reader is not told more often
  let known = Number(box.dataset.count), wait = SOONEST;
  let timer = 0, asked = Date.now(), said = 0;

  const written = (n) => n.toLocaleString("en");

  function show(found) {
    if (found.endorsed === known) return false;
    known = found.endorsed;
    document.querySelectorAll("[data-live-number], [data-live-count] .progress-count")
      .forEach((node) => { node.textContent = written(known); });
    const percent = Math.floor((known * 100) / found.threshold);
    const whole = Math.max(known, found.threshold, 1);
    box.querySelector(".progress-fill").setAttribute("width", Math.floor((known * 1000) / whole));
    // A seal for what is reached is the page's to draw, not this file's.
    if (!found.reached) box.querySelector(".progress-percent").textContent = `${written(percent)} %`;
    if (Date.now() - said >= SAID_EVERY) {
      said = Date.now();
      const voice = box.querySelector("[data-live-words]");
      voice.textContent = voice.dataset.liveWords.replace("{n}", written(known));
    }
    return true;
  }

  async function ask() {
    asked = Date.now();
    try {
      const answer = await fetch(box.dataset.liveCount, { credentials: "omit" });
      if (answer.status === 404 || answer.status === 410) return;
      if (!answer.ok) throw new Error(answer.status);
      const found = await answer.json();
      wait = show(found) ? SOONEST : Math.min(wait * 1.5, LATEST);
      if (found.reached && box.dataset.reached === "no") {
        box.querySelector("[data-live-reached]").hidden = false;
        return;
      }
    } catch {
      wait = Math.min(wait * 2, FAILED_LATEST);
    }
    plan();
  }

  function plan() {
    clearTimeout(timer);
    if (document.hidden) return;
    // Up to a fifth later: a hundred thousand readers must not ask in the same second.
    const due = asked + wait * (1 + Math.random() / 5) - Date.now();
    timer = setTimeout(ask, Math.max(due, 1_000));
  }

  document.addEventListener("visibilitychange", plan);
  plan();
})();
