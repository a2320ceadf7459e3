// Where one types: Enter sends, and what the bot understands is suggested while typing.

const typed = document.getElementById("typed");
const list = document.getElementById("suggestions");
const MOST = 12;

let known = null;
let asked = null;
let chosen = -1;
let recalls = false;

async function knows(me) {
  const answer = await fetch(`/as/${me}/suggestions`);
  return answer.ok ? answer.json() : { commands: [], people: [] };
}

// What was sent last from here, newest first. An arrow in the empty field offers it again.
const LAST = "sent";
const last = () => JSON.parse(sessionStorage.getItem(LAST) || "[]");
function remember(words) {
  sessionStorage.setItem(LAST, JSON.stringify([words, ...last().filter((text) => text !== words)].slice(0, MOST)));
}

// The person, where a name begins at the end; or the command that begins so, without its "/recs" in a message.
function fitting() {
  const written = typed.value.trimStart().toLowerCase();
  if (!known) return [];
  if (!written) return recalls ? last().map((text) => ({ text, purpose: "Asked before" })) : [];
  const name = written.match(/(?:^|\s)(@[\w-]*)$/)?.[1];
  if (name) return known.people.filter((person) => person.text.startsWith(name) && person.text !== name);
  const [, mention, words] = written.match(/^(@recbot\s+)?(.*)$/s);
  const before = written.startsWith("/") ? "" : mention || "";
  const offered = written.startsWith("/")
    ? known.commands
    : known.commands.map((command) => ({ ...command, text: before + command.text.replace(/^\/recs\s*/, "") }));
  if (!words) return [];
  return offered.filter((command) => command.text.toLowerCase().startsWith(written) && command.text.toLowerCase() !== written);
}

function suggest() {
  const fit = fitting().slice(0, MOST);
  chosen = -1;
  list.replaceChildren(...fit.map((one, place) => {
    const item = document.createElement("li");
    item.id = `suggestion-${place}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const code = document.createElement("code");
    code.textContent = one.text;
    const purpose = document.createElement("span");
    purpose.className = "hint";
    purpose.textContent = one.purpose;
    item.append(code, purpose);
    item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(one); });
    return item;
  }));
  show(fit.length > 0);
}

function show(isOpen) {
  if (!isOpen) recalls = false;
  list.hidden = !isOpen;
  typed.setAttribute("aria-expanded", String(isOpen));
  if (!isOpen) typed.removeAttribute("aria-activedescendant");
}

function choose(step) {
  const items = [...list.children];
  chosen = (chosen + step + items.length + (chosen < 0 && step < 0 ? 1 : 0)) % items.length;
  items.forEach((item, place) => item.setAttribute("aria-selected", String(place === chosen)));
  typed.setAttribute("aria-activedescendant", items[chosen].id);
  items[chosen].scrollIntoView({ block: "nearest" });
}

// A person takes the place of the name that begins at the end, a command that of all that is written. The words
// after a colon are for the person to replace: they are selected.
function take(one) {
  const isPerson = known.people.includes(one);
  typed.value = isPerson ? `${typed.value.replace(/@[\w-]*$/, "")}${one.text} ` : one.text;
  show(false);
  typed.focus();
  const colon = isPerson ? -1 : typed.value.indexOf(": ");
  if (colon >= 0) typed.setSelectionRange(colon + 2, typed.value.length);
}

export function startComposer(me, send) {
  if (!typed) return;
  const learn = async () => { known = await (asked ??= knows(me)); suggest(); };
  typed.addEventListener("focus", () => { if (!known) learn(); });
  typed.addEventListener("input", () => (known ? suggest() : learn()));
  typed.addEventListener("blur", () => show(false));
  typed.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (!list.hidden && chosen >= 0) take(fitting()[chosen]);
      else typed.form.requestSubmit();
    } else if (!list.hidden && event.key === "Escape") { event.preventDefault(); show(false); }
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (list.hidden && typed.value) return;
      event.preventDefault();
      if (!list.hidden) { choose(step); return; }
      recalls = true;
      learn().then(() => { if (!list.hidden) choose(step); });
    }
  });
  typed.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = typed.value.trim();
    if (!words) return;
    typed.value = "";
    show(false);
    remember(words);
    send(words);
  });
}
