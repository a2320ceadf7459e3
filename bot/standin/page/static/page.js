// Keeps the page as the server draws it, and tells the server what is done on it.
import { startComposer } from "./composer.js";
import { startDropping } from "./dropping.js";

const LOOKS_EVERY = 700; // milliseconds
const me = document.body.dataset.me;
// The server's own drawing of each part: what a person opened or typed since does not count as a change.
const drawn = new WeakMap();
let tag = "";
let looking = Promise.resolve();
let waiting = null;
let opener = null;
let lastField = "";
let isAtEnd = true;

const text = (id, words) => { document.getElementById(id).textContent = words; };

// Looking

function isSame(old, fresh) {
  if (fresh.dataset.version) return old.dataset.version === fresh.dataset.version;
  return drawn.get(old)?.isEqualNode(fresh) ?? false;
}

function remember(node) {
  drawn.set(node, node.cloneNode(true));
  return node;
}

function redraw(region, fresh) {
  const keyed = [...fresh.children].filter((child) => child.dataset.key);
  if (!keyed.length && !region.querySelector(":scope > [data-key]")) {
    if (!isSame(region, fresh)) { region.replaceChildren(...fresh.childNodes); drawn.set(region, fresh.cloneNode(true)); }
    return;
  }
  const old = new Map([...region.children].map((child) => [child.dataset.key, child]));
  const keys = new Set(keyed.map((child) => child.dataset.key));
  for (const [key, child] of old) if (!keys.has(key)) child.remove();
  let place = region.firstElementChild;
  let hasChanged = false;
  for (const child of keyed) {
    const before = old.get(child.dataset.key);
    if (before && isSame(before, child)) {
      if (before !== place) region.insertBefore(before, place); else place = place.nextElementSibling;
      continue;
    }
    hasChanged = true;
    if (before) {
      if (before === place) place = place.nextElementSibling;
      keepEntries(before, child);
      keepOpen(before, child);
      before.replaceWith(remember(document.adoptNode(child)));
    } else region.insertBefore(remember(document.adoptNode(child)), place);
  }
  if (isAtEnd && region.id === "messages") toEnd(region);
  if (region.id === "home" && hasChanged) text("told", "Home has changed.");
}

// A field that stays keeps what stands in it, as Slack does by the ids of block and element.
function keepEntries(before, after) {
  for (const field of after.querySelectorAll("[data-field]")) {
    const { block, action } = field.dataset;
    const same = before.querySelector(`[data-field][data-block="${CSS.escape(block)}"][data-action="${CSS.escape(action)}"]`);
    if (same && same.dataset.kind === field.dataset.kind) fill(field, valuesIn(same));
  }
}

function keepOpen(before, after) {
  if (before.open && before.tagName === "DETAILS") after.open = true;
}

// The newest message stays in view for whoever is at the end, also when a picture in it has come.
document.getElementById("messages")?.addEventListener("scroll", ({ target }) => {
  isAtEnd = target.scrollHeight - target.scrollTop - target.clientHeight < 80;
});
document.getElementById("messages")?.addEventListener("load", (event) => { if (isAtEnd) toEnd(event.currentTarget); }, true);

function toEnd(region) { region.scrollTop = region.scrollHeight; }

async function look() {
  const before = document.activeElement;
  const at = whereabouts(before);
  const answer = await fetch(location.pathname + location.search, {
    headers: { "X-Look-Again": "1", ...(tag && { "If-None-Match": tag }) },
  }).catch(() => null);
  // Nothing has changed, or nobody answers for the moment.
  if (answer?.status !== 200) return;
  tag = answer.headers.get("ETag") ?? "";
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const region of fresh.querySelectorAll("[data-live]")) {
    const here = document.getElementById(region.id);
    if (here) redraw(here, region);
  }
  showForm();
  if (!before.isConnected && document.activeElement === document.body) refocus(at);
}

// One look at a time; whoever asks during one gets another after it.
function lookAgain() {
  waiting ??= looking.then(() => {
    waiting = null;
    looking = look().catch(console.error);
    return looking;
  });
  return waiting;
}

// Focus: what was focused may have been drawn anew, or be gone.

function whereabouts(node) {
  return { id: node?.id, key: node?.closest?.("[data-key]")?.dataset.key };
}

function refocus({ id, key }) {
  const dialog = document.querySelector("#form dialog[open]");
  if (dialog) { if (!dialog.contains(document.activeElement)) focusIn(dialog); return; }
  const place = key && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const target = (id && document.getElementById(id)) || place || document.getElementById("typed") || document.getElementById("main");
  target.focus();
}

// Forms

function showForm() {
  const dialog = document.querySelector("#form dialog");
  if (!dialog) {
    if (opener) { refocus(opener); opener = null; lastField = ""; }
    return;
  }
  if (dialog.open) return;
  opener ??= whereabouts(document.activeElement);
  dialog.showModal();
  focusIn(dialog);
}

// A form may say "Loading…" between a choice and the fields that follow from it.
document.addEventListener("focusin", (event) => {
  if (event.target.closest("dialog .fields")) lastField = event.target.id;
});

function focusIn(dialog) {
  const wrong = dialog.querySelector("[aria-invalid=true], .wrong input");
  const same = lastField && dialog.querySelector(`#${CSS.escape(lastField)}`);
  const first = dialog.querySelector(".fields :is(input, select, textarea, button)");
  (wrong || same || first || dialog.querySelector("h2")).focus();
  wrong?.closest(".field").scrollIntoView({ block: "center" });
}

function valuesIn(field) {
  const boxes = [...field.querySelectorAll("input[type=checkbox], input[type=radio]")];
  if (boxes.length) return boxes.filter((box) => box.checked).map((box) => box.value);
  const control = field.querySelector("input, select, textarea");
  return control?.value ? [control.value] : [];
}

function fill(field, values) {
  const boxes = [...field.querySelectorAll("input[type=checkbox], input[type=radio]")];
  for (const box of boxes) box.checked = values.includes(box.value);
  const control = field.querySelector("input, select, textarea");
  if (!boxes.length && control) control.value = values[0] ?? "";
}

function fieldsIn(form) {
  return [...(form?.querySelectorAll("[data-field]") ?? [])]
    .map((field) => [field.dataset.block, field.dataset.action, valuesIn(field)]);
}

// Acting

async function act(name, sent, control) {
  control?.setAttribute("aria-busy", "true");
  text("notice", "");
  const faster = setInterval(lookAgain, 250);
  let notice = "";
  let told = "";
  try {
    const answer = await fetch(name, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent),
    });
    const said = answer.ok ? await answer.json() : { notice: await answer.text() };
    notice = said.notice ?? "";
    told = said.told ?? "";
  } catch {
    notice = "The demo does not answer any more. Is it still running in its terminal?";
  } finally {
    clearInterval(faster);
    control?.removeAttribute("aria-busy");
  }
  await lookAgain();
  if (told) text("told", told);
  const inForm = document.querySelector("#form dialog[open] .form-notice");
  if (inForm) inForm.textContent = notice; else text("notice", notice);
}

const as = (name) => `/as/${me}/${name}`;

function target(control) {
  return {
    where: control.closest("[data-where]").dataset.where,
    block: control.dataset.block,
    action: control.dataset.action,
    fields: fieldsIn(control.closest("dialog")),
  };
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || button.getAttribute("aria-busy")) return;
  const { dataset } = button;
  if (dataset.asks) { document.getElementById(dataset.asks).showModal(); return; }
  // The answer to a question puts it away, whatever it is.
  if (!button.closest("#form")) button.closest("dialog")?.close();
  if (dataset.act === "press") act(as("press"), target(button), button);
  else if (dataset.clock) act("/clock", { to: dataset.clock }, button);
  else if (dataset.shortcut) act(as("shortcut"), { name: dataset.shortcut }, button);
  else if ("close" in dataset) act(as("close"), {}, button);
});

document.addEventListener("change", (event) => {
  const menu = event.target.closest("[data-act=choose], [data-act=change]");
  if (menu) act(as(menu.dataset.act), { ...target(menu), values: valuesIn(menu) }, event.target);
});

// With arrow keys a closed list would tell the bot of every choice passed over: it is opened instead.
document.addEventListener("keydown", (event) => {
  if (!["ArrowDown", "ArrowUp"].includes(event.key) || event.target.tagName !== "SELECT") return;
  if (!event.target.closest("[data-act]")) return;
  event.preventDefault();
  event.target.showPicker();
});

document.addEventListener("submit", (event) => {
  const dialog = event.target.closest("dialog");
  if (!dialog) return;
  event.preventDefault();
  act(as("submit"), { fields: fieldsIn(dialog) }, dialog.querySelector("[type=submit]"));
});

// Escape: the bot is told, and the form goes once it is closed there.
document.addEventListener("cancel", (event) => {
  if (!event.target.closest("#form")) return;
  event.preventDefault();
  act(as("close"), {});
}, true);

document.addEventListener("keydown", (event) => {
  const close = document.getElementById("close-aside");
  if (event.key === "Escape" && !event.defaultPrevented && close && !document.querySelector("dialog[open]")) close.click();
});

// Beginning

for (const region of document.querySelectorAll("[data-live]")) {
  remember(region);
  for (const child of region.children) remember(child);
  if (region.id === "messages") toEnd(region);
}
document.getElementById(location.hash.slice(1))?.focus();
showForm();
startComposer(me, (typed) => act(as("type"), { text: typed, place: document.body.dataset.place }));
startDropping((name, content) => act(as("drop"), { name, content }));
setInterval(() => { if (!document.hidden) lookAgain(); }, LOOKS_EVERY);
document.addEventListener("visibilitychange", () => { if (!document.hidden) lookAgain(); });
