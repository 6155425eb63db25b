// Checklists: counts, keeps and prints what is ticked, and shows one line at a time. The boxes tick without it.
//
// What is kept are eight letters and digits for the list and for each line that is ticked, which the build makes from
// their names: no word tells what the list is about. It is kept for this tab, or on the device if the reader says so.
// Words on a line to write on are kept nowhere.

{
  // A block, for the scripts of a page share one scope.
  const list = document.querySelector(".ticking");
  const find = (name) => list.querySelector(`.tick-${name}`);
  const lines = [...list.querySelectorAll(".checklist > li")];
  const boxes = lines.map((line) => line.querySelector("input"));
  const remember = find("remember");
  const key = `list-${list.dataset.list}`;

  // Reopening a closed tab, or doubling one, brings back what the session kept, but not the name of its window: such a
  // tab starts empty.
  const MARK = "open";

  // A browser may keep nothing for this site: then the ticks last as long as the page.
  const kept = (use) => {
    try {
      return use();
    } catch {
      return null;
    }
  };
  const others = () =>
    kept(() => Object.keys({ ...localStorage, ...sessionStorage }).some((one) => one.startsWith("list-") && one !== key));

  const forget = () =>
    kept(() => {
      localStorage.removeItem(key);
      sessionStorage.removeItem(key);
    });

  const keep = () => {
    const ticked = boxes.filter((box) => box.checked).map((box) => box.dataset.key);
    forget();
    if (!remember.checked && !ticked.length) return;
    window.name = MARK;
    kept(() => (remember.checked ? localStorage : sessionStorage).setItem(key, ticked.join(" ")));
  };

  const restore = () => {
    if (window.name !== MARK) kept(() => sessionStorage.clear());
    const here = kept(() => localStorage.getItem(key));
    const ticked = (here ?? kept(() => sessionStorage.getItem(key)) ?? "").split(" ");
    remember.checked = here !== null;
    for (const box of boxes) box.checked = ticked.includes(box.dataset.key);
  };

  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    find("count").textContent = `${ticked} of ${boxes.length} ticked`;
    find("print-left").disabled = ticked === boxes.length;
    find("clear-all").hidden = !others();
  };

  // A link to a line, or to a heading, opens the list; so do ticks that were kept.
  const open = () => {
    if (boxes.some((box) => box.checked) || list.querySelector(":target")) list.setAttribute("open", "");
  };

  restore();
  show();
  open();
  requestAnimationFrame(() => find("count").setAttribute("aria-live", "polite")); // not at load: from now on it is spoken
  addEventListener("hashchange", open);
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return; // the page comes back as it was left, and another may have cleared what it kept
    restore();
    show();
  });

  list.addEventListener("change", (event) => {
    if (!boxes.includes(event.target) && event.target !== remember) return;
    keep();
    show();
  });

  const clear = () => {
    for (const box of [...boxes, remember]) box.checked = false;
    for (const blank of list.querySelectorAll(".blank")) blank.textContent = "";
    forget();
  };
  find("clear").addEventListener("click", () => {
    clear();
    show();
  });
  find("clear-all").addEventListener("click", () => {
    clear();
    kept(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
    find("clear").focus(); // for the button goes
    show();
  });

  // Paper has empty boxes unless the reader wants the ticks, which guide.css reads from their box.
  find("print").addEventListener("click", () => print());
  find("print-left").addEventListener("click", () => {
    list.classList.add("tick-left-only");
    print();
  });
  addEventListener("afterprint", () => list.classList.remove("tick-left-only"));

  // One at a time. The focus goes to the line, so that it is read out; nothing goes on but by the reader's press.
  const ONE = "tick-alone";
  let place = 0;
  const go = (to) => {
    lines[place].classList.remove("tick-here");
    place = to;
    lines[place].classList.add("tick-here");
    find("back").disabled = place === 0;
    find("next").disabled = place === lines.length - 1;
    boxes[place].focus();
  };
  find("back").addEventListener("click", () => go(place - 1));
  find("next").addEventListener("click", () => go(place + 1));
  find("one").addEventListener("click", () => {
    const alone = list.classList.toggle(ONE);
    find("one").textContent = alone ? "All lines" : "One at a time";
    if (!alone) return;
    const first = boxes.findIndex((box) => !box.checked);
    go(Math.max(first, 0));
  });
}
