// Search: the button, and a dialog that opens at once. What fills it weighs more than a page, and most readers never
// need it, so it comes when search is first used. Nothing is kept: the words are gone when the dialog closes.

document.documentElement.classList.replace("no-js", "js"); // guide.css shows the button by this

const HERE = document.currentScript.src;

// Each part is asked for by itself, and a later try under another address: browsers remember that a module failed.
const load = async (dialog, tries) => {
  const address = (name) => new URL(tries ? `${name}?again=${tries}` : name, HERE).href;
  const words = async () => {
    const answer = await fetch(address("../words.json"));
    if (!answer.ok) throw new Error(`words.json: ${answer.status}`);
    return answer.json();
  };
  const parts = ["vendor/minisearch/minisearch.js", "search-engine.js", "search-results.js"];
  const [data, library, engine, results] = await Promise.all([words(), ...parts.map((one) => import(address(one)))]);
  results.showIn(dialog, engine.engineFor(library.default, data), new URL("..", HERE));
};

// Takes the dialog out of its template; gives a function that opens it.
const makeDialog = () => {
  document.body.append(document.querySelector("#search-dialog").content.cloneNode(true));
  const dialog = document.querySelector("dialog.search");
  const field = dialog.querySelector(".search-field");
  const status = dialog.querySelector(".search-status");
  let state;
  let tries = 0;

  const start = async () => {
    if (state) return;
    state = "loading";
    status.textContent = dialog.dataset.loading;
    try {
      await load(dialog, tries);
      state = "loaded";
    } catch {
      state = undefined; // the next letter tries again
      tries += 1;
      status.textContent = dialog.dataset.failed;
    }
  };

  field.addEventListener("input", start);
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog || target.closest(".search-close")) dialog.close();
  });
  dialog.addEventListener("close", () => (field.value = ""));
  return () => {
    dialog.showModal(); // which remembers where the focus was
    start();
  };
};

let open;
document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element && event.target.closest(".search-button"))) return;
  open ??= makeDialog();
  open();
});
