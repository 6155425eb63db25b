// Runs in <head>, before Material's own script.

// Material asks for these two. Here nothing is ever stored: the device may be shared.
window.__md_get = () => null;
window.__md_set = () => {};

// Material binds single letters (f, s, p, n) and signs to actions. People who speak to their computer, or whose
// hands are unsteady, set them off by accident (WCAG 2.1.4), so such keys reach it only from where text is typed.
window.addEventListener(
  "keydown",
  (event) => {
    if (event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest("input:not([type=checkbox]), textarea")) return;
    event.stopImmediatePropagation();
    // The label that opens the menu or the search is announced as a button, so space must press it, as Enter does.
    if (event.key === " " && event.target.matches?.("label[role=button]")) {
      event.preventDefault();
      event.target.click();
    }
  },
  true,
);
