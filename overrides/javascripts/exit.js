// Exit this page: the link works by itself; this makes it leave nothing behind that a site can take away.
// It runs in <head>, so that it is there before the page is.

const leave = (address) => {
  document.body.replaceChildren();
  document.title = "";
  try {
    localStorage.clear();
    sessionStorage.clear();
  } catch {
    // The browser stores nothing for this site, so there is nothing to take away.
  }
  window.name = "";
  location.replace(address); // so that Back does not lead here
};

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest(".exit");
  if (!link) return;
  event.preventDefault();
  leave(link.href);
});

// Shift, three times, without another key between and each within two seconds of the last.
let presses = 0;
let last = 0;
window.addEventListener(
  "keydown",
  (event) => {
    if (event.repeat) return;
    presses = event.key !== "Shift" ? 0 : event.timeStamp - last < 2000 ? presses + 1 : 1;
    last = event.timeStamp;
    const link = presses === 3 && document.querySelector(".exit");
    if (link) leave(link.href);
  },
  true, // before anybody who might stop it
);

// No part of the way out, but each script that a page asks for costs every reader a request: when a mouse or the
// keyboard first meets a link of the text, what shows where it leads is fetched. A finger never asks for it.
const scripts = document.currentScript.src;
const previews = (event) => {
  const link = event.target instanceof Element && event.target.closest(".md-content a[href]");
  if (!link || !(event.pointerType === "mouse" || link.matches(":focus-visible"))) return;
  window.removeEventListener("pointerover", previews);
  window.removeEventListener("focusin", previews);
  import(new URL("previews.js", scripts)).then(
    ({ met }) => link.matches(":hover, :focus-visible") && met(event), // or it was left while the script was on its way
    () => {}, // a card is no great loss
  );
};
window.addEventListener("pointerover", previews);
window.addEventListener("focusin", previews);
