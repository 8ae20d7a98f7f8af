// What happens on the page.
const at = (id) => document.getElementById(id);
let language = new URLSearchParams(location.search).get("lang") || (/^zh/i.test(navigator.language) ? "zh-Hant" : "en");
if (!WORDS[language]) language = "en";
const state = { log: null, cases: [], claims: null, kinds: {}, shown: {} };

function say(code, places = {}) {
  const found = WORDS[language][code] || code;
  return found.replace(/\{(\w+)\}/g, (whole, name) => (name in places ? String(places[name]) : whole));
}

function sayFault(error) {
  if (!(error instanceof Fault)) throw error;
  if (error.code === "entry_false" && "index" in error.told) return say("entry_false_at", error.told);
  return say(error.code, error.told);
}

function show(id, make) {
  state.shown[id] = make;
  at(id).replaceChildren(...make());
}

function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen === "en" ? "en" : "zh-Hant-TW";
  document.title = say("title");
  at("lang-zh").setAttribute("aria-pressed", String(chosen !== "en"));
  at("lang-en").setAttribute("aria-pressed", String(chosen === "en"));
  document.querySelectorAll("[data-t]").forEach((one) => { one.textContent = say(one.dataset.t, state.places || {}); });
  document.querySelectorAll("[data-l]").forEach((one) => { one.setAttribute("aria-label", say(one.dataset.l)); });
  for (const [id, make] of Object.entries(state.shown)) at(id).replaceChildren(...make());
}

const when = (instant) => (instant ? say("taiwan_time", { at: moment(instant) }) : "");

// A form whose button waits while it works, and whose faults become sentences.
function working(formId, resultId, act) {
  at(formId).addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = at(formId).querySelector("button");
    button.disabled = true;
    show(resultId, () => []);
    try {
      await act();
    } catch (error) {
      sayFault(error);
      const title = ["first_open", "no_receipt", "no_folder", "no_case", "not_receipt", "bad_key"].includes(error.code) ? null : "log_bad";
      show(resultId, () => [title ? verdict("bad", say(title), sayFault(error)) : verdict("wait", sayFault(error))]);
    } finally {
      button.disabled = false;
      at("progress-part").hidden = true;
    }
  });
}

function progress(part) {
  at("progress-part").hidden = false;
  at("progress").value = part;
}

async function open() {
  state.log = null;
  at("case-part").hidden = true;
  const folder = document.querySelector("input[name=from]:checked").value === "folder";
  if (folder && !at("folder").files.length) throw new Fault("no_folder");
  if (!globalThis.crypto || !crypto.subtle) throw new Fault("insecure");
  const read = folder ? fromFolder(at("folder").files) : fromAddress(at("address").value.trim());
  const log = await openLog(read, at("known-key").value.trim());
  state.cases = casesIn(await jsonOf(read, "cases.json"));
  state.claims = claimsIn(await jsonOf(read, "claims.json"));
  const schema = await read("schema.json");
  state.kinds = schema === null ? {} : JSON.parse(text(schema)).kinds || {};
  state.log = log;
  state.places = { n: number(state.cases.length), example: state.cases.length ? state.cases[0].number : "2026-000001" };
  at("number-hint").textContent = say("number_hint", state.places);
  at("numbers").replaceChildren(...state.cases.slice(0, 500).map((one) => element("option", { value: one.number })));
  at("case-part").hidden = false;
  const { checkpoint, key } = log;
  show("log-result", () => [verdict("good", say("log_good")), factList([
    [say("log_name"), checkpoint.origin], [say("log_size"), number(checkpoint.size)], [say("log_at"), when(checkpoint.at)],
    [say("log_root"), hex(checkpoint.root), true], [say("log_key"), key.line, true], [say("witnesses"), checkpoint.witnesses.join("、")],
  ])]);
}

async function count() {
  if (!state.log) throw new Fault("first_open");
  const wanted = at("number").value.trim();
  const found = state.cases.find((one) => one.number === wanted);
  if (!found) throw new Fault("no_case", { number: wanted });
  const before = state.log.tree.hashed;
  const { count: counted, claim } = await recount(state.log, found, state.claims, { whole: at("whole").checked, onProgress: progress });
  const rows = claim ? compared(counted, claim, state.claims.deadlines) : [];
  const hashed = state.log.tree.hashed - before;
  show("case-result", () => counting(counted, claim, rows, found.number, hashed));
}

function counting(counted, claim, rows, wanted, hashed) {
  const bad = counted.differences.length > 0 || rows.some((row) => !row.fits);
  const body = say("case_body", { hashed: number(hashed), entries: number(counted.entries), number: wanted }) + say("as_of", { size: number(state.claims.size), at: when(state.claims.at) });
  const opened = counted.opening ? counted.opening.count : 0;
  const fine = !claim ? "case_none" : counted.archived ? "case_elsewhere" : opened ? "case_opened" : "case_good";
  const head = bad
    ? verdict("bad", say("case_bad"), body, say("evidence"))
    : verdict(fine === "case_good" ? "good" : "wait", say(fine, { n: number(opened) }), body);
  const days = counted.days();
  const made = [head];
  if (counted.differences.length) made.push(element("h3", {}, say("differences")), element("ul", {}, ...counted.differences.map((one) => element("li", {}, say(one.code === "reached_at" ? "reached_at_differs" : one.code, one)))));
  if (days.length) {
    const label = say("picture", { from: days[0].day, to: days[days.length - 1].day, n: number(counted.valid) });
    made.push(element("h3", {}, say("per_day")), picture(days, counted.threshold, { label }));
    const struck = days.some((day) => day.struck);
    made.push(table(label, [say("day"), figure(say("that_day")), ...(struck ? [figure(say("struck"))] : []), figure(say("total"))],
      days.filter((day) => day.counted || day.struck).map((day) => [whole(day.day), figure(number(day.counted)), ...(struck ? [figure(number(day.struck))] : []), figure(number(day.total))]), "seen"));
    if (struck) made.splice(-1, 0, element("p", { class: "hint" }, say("struck_colour")));
  }
  if (rows.length) made.push(element("h3", {}, say("figures")), table(say("figures"), [say("figure"), figure(say("said")), figure(say("counted")), say("fits")], rows.map(comparison)));
  if (counted.deadlines.length) made.push(element("h3", {}, say("deadlines")), deadlineTable(counted.deadlines));
  if (counted.acts.length) made.push(element("h3", {}, say("acts")), table(say("acts"), [say("leaf"), say("act"), say("at")], counted.acts.map((act) => [String(act.index), { text: actWord(act.kind), class: "act" }, whole(moment(act.at))])));
  return made;
}

const figure = (value) => ({ text: value, class: "figure" });
const whole = (value) => ({ text: value, class: "whole" });

function actWord(kind) {
  const known = state.kinds[kind];
  return known ? known[language === "en" ? "en" : "zh"] : kind;
}

function comparison({ kind, name, said, counted, fits }) {
  const same = { text: say(kind === "least" && fits ? "at_least" : fits ? "yes" : "no"), class: fits ? "fits" : "differs" };
  if (kind === "deadline") return [say("deadline_of", { kind: kindOf(name) }), figure(deadlineWords(said)), figure(deadlineWords(counted)), same];
  const told = (value) => figure(value === null || value === "" ? say(kind === "total" ? "no_total" : "not_reached_yet") : kind === "instant" ? moment(value) : number(value));
  const heads = { day: "day_of", total: "total_of" }[kind];
  return [heads ? say(heads, { day: name }) : say(name), told(said), told(counted), same];
}

const kindOf = (kind) => say(kind === "check" ? "check_deadline" : kind);

// Of a deadline in its one spelling: until when, and how it ended.
function deadlineWords(spelled) {
  if (!spelled) return "—";
  const [, due, outcome, , missed] = spelled.split(" ");
  return [`${moment(due)} ${outcomeWord(outcome)}`, missed ? say("missed") : ""].filter(Boolean).join(" · ");
}

const outcomeWord = (outcome) => say(outcome === "open" ? "open_outcome" : outcome);

function deadlineTable(deadlines) {
  const outcome = (one) => [outcomeWord(one.outcome), one.missed_at ? say("missed") : "", one.moved ? say("moved") : "", one.extended ? say("extended") : ""].filter(Boolean).join(" · ");
  return table(say("deadlines"), [say("kind"), say("starts"), say("due"), say("outcome")],
    deadlines.map((one) => [kindOf(one.kind), whole(moment(one.starts_at)), whole(moment(one.due_at)), outcome(one)]));
}

async function receiptChecked() {
  const file = at("receipt-file").files[0];
  const pasted = file ? await file.text() : at("receipt").value;
  if (!pasted.trim()) throw new Fault("no_receipt");
  if (!state.log) throw new Fault("first_open");
  const results = [];
  for (const one of readReceipts(pasted)) results.push(await checkReceipt(one, state.log, progress));
  show("receipt-result", () => results.map(receiptVerdict));
}

function receiptVerdict(result) {
  const kind = { entered: "good", promised: "wait", later: "wait", overdue: "bad", false: "bad" }[result.standing];
  const lines = result.faults.map((code) => say(code));
  if (result.opened) lines.push(say("opened"));
  if (kind === "bad") lines.push(say("evidence"));
  return verdict(kind, say(result.standing, { index: result.index, due: when(result.due) }), ...lines);
}

function chooseSource() {
  const folder = document.querySelector("input[name=from]:checked").value === "folder";
  at("address-part").hidden = folder;
  at("folder-part").hidden = !folder;
}

async function selfTest() {
  if (!globalThis.crypto || !crypto.subtle) return;
  const sample = utf8.encode("民本".repeat(40));
  if (!same(new Uint8Array(await crypto.subtle.digest("SHA-256", sample)), sha256(sample))) show("log-result", () => [verdict("bad", say("selftest"))]);
}

if (location.protocol === "file:") document.querySelector("input[value=folder]").checked = true;
else at("address").value = new URL(".", location.href).href;
document.querySelectorAll("input[name=from]").forEach((one) => one.addEventListener("change", chooseSource));
at("lang-zh").addEventListener("click", () => speak("zh-Hant"));
at("lang-en").addEventListener("click", () => speak("en"));
working("source-form", "log-result", open);
working("case-form", "case-result", count);
working("receipt-form", "receipt-result", receiptChecked);
chooseSource();
speak(language);
selfTest();
