// Where a link to a topic leads, on a small card beside it: for a mouse that rests on the link, and for the keyboard.
// exit.js loads this when one of them first meets a link. The words come from the page that is linked, as plain text.

const topics = new URL("guide/", document.querySelector(".header-home").href).href;
const pages = new Map();
const card = Object.assign(document.createElement("div"), { className: "preview", id: "link-preview", role: "tooltip" });
let current, opening, closing; // `current` is the link of the card: soon, now, or until Escape took it away

const read = async (address) => {
  if (!pages.has(address)) {
    const answer = await fetch(address, { credentials: "omit" });
    if (answer.ok) pages.set(address, new DOMParser().parseFromString(await answer.text(), "text/html"));
  }
  return pages.get(address);
};

const fill = (page, anchor) => {
  const meta = (name) => page.querySelector(`meta[name="${name}"]`)?.content;
  const aim = page.getElementById(anchor);
  const part = aim?.closest(".advice > li")?.querySelector("strong") ?? aim?.closest("h2, h3");
  const lines = [page.querySelector("h1").textContent, part?.textContent ?? meta("description"), meta("place")];
  card.replaceChildren();
  for (const line of lines.filter(Boolean)) card.appendChild(document.createElement("p")).textContent = line;
};

// Below the link, or above it where there is no room: never over it, nor over the header and the way out.
const place = (link) => {
  const area = (one) => one.getBoundingClientRect();
  const [box, origin] = [area(link), area(card.offsetParent)];
  const [header, exit] = [".md-header__inner", ".exit"].map((name) => area(document.querySelector(name)));
  const end = exit.top > header.bottom ? exit.top : innerHeight;
  const [above, below] = [box.top - card.offsetHeight - 6, box.bottom + 6];
  const left = Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - 6);
  card.style.top = `${(below + card.offsetHeight > end && above > header.bottom ? above : below) - origin.top}px`;
  card.style.left = `${Math.max(6, left) - origin.left}px`;
};

const show = async (link) => {
  const [address, anchor] = link.href.split("#");
  const page = await read(address).catch(() => undefined); // without a card the link still leads there
  if (!page?.querySelector("h1") || link !== current || !link.isConnected) return;
  fill(page, anchor);
  document.querySelector(".md-content").append(card); // in a landmark, as all that is read
  place(link);
  link.setAttribute("aria-describedby", card.id);
};

const hide = () => {
  [opening, closing].forEach(clearTimeout);
  current?.removeAttribute("aria-describedby");
  card.remove();
};

const meet = (link) => {
  clearTimeout(closing);
  if (link === current) return;
  hide();
  current = link;
  if (link) opening = setTimeout(show, 300, link); // so that nothing opens on the way past
};

const leave = () => {
  if (current?.matches(":focus-visible")) return;
  clearTimeout(closing);
  closing = setTimeout(meet, card.isConnected ? 200 : 0); // enough to move onto the card
};

export const met = ({ type, target, pointerType }) => {
  const link = target instanceof Element && target.closest(".md-content a[href]");
  const leads = link && link.href.startsWith(topics) && link.pathname !== location.pathname ? link : undefined;
  if (type === "focusin") meet(leads?.matches(":focus-visible") ? leads : undefined);
  else if (pointerType !== "mouse" || !matchMedia("(hover: hover) and (pointer: fine)").matches) return;
  else if (leads || card.contains(target)) meet(leads ?? current);
  else leave();
};

for (const type of ["pointerover", "focusin"]) addEventListener(type, met);
addEventListener("pagehide", () => meet()); // or it is still there when Back brings the page
addEventListener("keydown", ({ key }) => key === "Escape" && hide());
