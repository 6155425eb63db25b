// What the search dialog shows, and how the keyboard walks through it.

const SPOKEN_AFTER = 300; // milliseconds without typing: nobody wants to hear a count for every letter

// One result: a link that is as large as all it says. Text, and never HTML.
const result = (root, { at, kind, title, label, why }) => {
  const link = document.createElement("a");
  link.href = new URL(at, root).href;
  link.dataset.kind = kind;
  for (const [name, text] of Object.entries({ title, label, why })) {
    if (!text) continue;
    const line = document.createElement("span");
    line.className = `search-${name}`;
    line.textContent = text;
    link.append(line, " ");
  }
  const item = document.createElement("li");
  item.append(link);
  return item;
};

/** Fills the dialog with what `find` finds for the words in its field, now and while it is typed in. */
export const showIn = (dialog, find, root) => {
  const [field, status, list] = ["field", "status", "found"].map((one) => dialog.querySelector(`.search-${one}`));
  const sentences = dialog.dataset; // in the site's language
  let timer;

  const look = () => {
    const { results, instead } = find(field.value);
    list.replaceChildren(...(results?.length ? results : instead).map((one) => result(root, one)));
    const count = results ? (["none", "one"][results.length] ?? "other") : "prompt";
    clearTimeout(timer);
    timer = setTimeout(() => (status.textContent = sentences[count].replace("#", results?.length)), SPOKEN_AFTER);
  };

  // Down and up walk from the field through the results and back; Enter in the field opens the first.
  const walk = (event) => {
    const stops = [field, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (at < 0 || event.isComposing) return;
    if (step) {
      event.preventDefault();
      stops[Math.min(Math.max(at + step, 0), stops.length - 1)].focus();
    } else if (event.key === "Enter" && at === 0) {
      stops[1]?.click();
    } else if (event.key === "Escape" && at === 0) {
      event.preventDefault(); // the first Escape would only empty the field
      dialog.close();
    }
  };

  field.addEventListener("input", look);
  dialog.addEventListener("keydown", walk);
  dialog.addEventListener("close", look);
  // A result may be on this page, which the dialog must not hide; a new tab leaves it as it is.
  list.addEventListener("click", (event) => {
    if (event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey) dialog.close();
  });
  look();
};
