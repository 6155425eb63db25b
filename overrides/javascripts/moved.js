// A page that moved: takes the reader on, to the place they asked for. The page's own link says the same without it.

const place = location.hash.slice(1);
const named = [...document.querySelectorAll(".moved > li")].find((item) => item.id === place);
const link = (named || document.querySelector(".moved-to")).querySelector("a");
const target = new URL(link.href);
if (!named && !target.hash) target.hash = place;
location.replace(target); // so that Back does not lead here
