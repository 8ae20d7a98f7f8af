// News of a question wall while somebody looks at it. The page works without this file.
"use strict";

(() => {
  const wall = document.querySelector("[data-wall]");
  if (!wall || (navigator.connection && navigator.connection.saveData)) return;

  const SOONEST = 10_000, LATEST = 120_000; // between two questions where there is no stream
  const rows = [...wall.querySelectorAll("[data-question]")];
  const order = () => rows.map((row) => `${row.dataset.question}:${row.dataset.state}`).join();
  let wait = SOONEST, timer = 0;

  // Numbers change in place; what would move or add something waits until it is asked for.
  function show(found) {
    let changed = false;
    for (const { id, wanted } of found.questions) {
      const number = document.querySelector(`#q${Number(id)} [data-wanted]`);
      const text = wanted.toLocaleString("en");
      if (number && number.textContent !== text) {
        number.textContent = text;
        changed = true;
      }
    }
    const now = found.questions.map(({ id, state }) => `${id}:${state}`).join();
    const news = wall.querySelector("[data-wall-news]");
    if (now !== order() && news.hidden) {
      news.hidden = false;
      changed = true;
    }
    return changed;
  }

  async function ask() {
    try {
      const answer = await fetch(wall.dataset.wall, { credentials: "omit" });
      if (answer.status === 404) return;
      if (!answer.ok) throw new Error(answer.status);
      wait = show(await answer.json()) ? SOONEST : Math.min(wait * 1.5, LATEST);
    } catch {
      wait = Math.min(wait * 2, LATEST);
    }
    plan();
  }

  function plan() {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(ask, wait * (1 + Math.random() / 5));
  }

  let source = null;
  function listen() {
    if (document.hidden || source) return;
    source = new EventSource(wall.dataset.stream);
    source.addEventListener("wall", (event) => show(JSON.parse(event.data)));
    source.addEventListener("closed", () => { source.close(); });
    source.addEventListener("error", () => {
      if (source && source.readyState === EventSource.CLOSED) { // no seat free: ask now and then
        source = null;
        stream = false;
        plan();
      }
    });
  }

  let stream = true;
  document.addEventListener("visibilitychange", () => {
    if (!stream) { plan(); return; }
    if (document.hidden && source) { source.close(); source = null; } // a seat for somebody else
    listen();
  });
  listen();
})();
