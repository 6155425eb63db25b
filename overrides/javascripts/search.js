// Search: Material's script, its worker and the index weigh more than a page, and most readers never need them.
// They come when search is first used. Until then nothing of Material runs, and without scripts nothing of it shows.

document.documentElement.classList.replace("no-js", "js"); // Material's stylesheet shows the field by this

let asked = false;
const load = () => {
  if (asked) return;
  asked = true;
  const waiting = document.querySelector("#search-code").content.querySelector("script");
  const script = document.createElement("script");
  script.src = waiting.getAttribute("src");
  script.addEventListener("error", () => {
    asked = false; // the next try may do better
    document.querySelector(".md-search-result__meta").textContent = "Search did not load. Please try again.";
  });
  document.body.append(script);
};

// Material takes over from what it finds: the box is ticked, the field has the focus and what was typed in it.
const open = () => {
  load();
  const box = document.querySelector("#__search");
  if (!box.checked) box.click();
};

const close = () => {
  const box = document.querySelector("#__search");
  if (!box.checked) return;
  box.click();
  document.querySelector(".md-search__input").blur();
};

document.addEventListener("focusin", (event) => {
  if (event.target.matches(".md-search__input")) open();
  else if (!event.target.closest(".md-search")) close(); // or the focus goes on behind it
});
document.addEventListener("change", (event) => {
  // On a small screen a closed search is gone, and the focus with it.
  if (event.target.id === "__search" && !event.target.checked) document.querySelector(".search-button").focus();
});
document.addEventListener("click", (event) => {
  if (!event.target.closest(".search-button")) return;
  open();
  document.querySelector(".md-search__input").focus();
});

// Material asks for these two. Here nothing is ever stored: the device may be shared.
window.__md_get = () => null;
window.__md_set = () => {};

// Material binds single letters (f, s, p, n) and signs to actions. People who speak to their computer, or whose
// hands are unsteady, set them off by accident (WCAG 2.1.4), so such keys reach it only from where text is typed.
window.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Escape") close(); // Material may still be on its way
    if (event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest("input:not([type=checkbox]), textarea")) return;
    event.stopImmediatePropagation();
  },
  true,
);
