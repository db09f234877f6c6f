// The check round by keyboard: j/k move, a release, h hold, l later, n note, o open the order, v compare, s sign.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const rows = [...document.querySelectorAll("[data-round-row]")];
  if (!rows.length) return;
  const place = `round:${document.getElementById("round-queue").dataset.round}`; // a refusal stands at another address
  let current = Math.min(Number(sessionStorage.getItem(place) || 0), rows.length - 1);

  const go = (index) => {
    current = Math.max(0, Math.min(index, rows.length - 1));
    sessionStorage.setItem(place, String(current));
    rows.forEach((row, at) => row.classList.toggle("od-current", at === current));
    rows[current].focus({ preventScroll: true });
    rows[current].scrollIntoView({ block: "center" });
  };

  // the server asks for the note as well; here the cursor goes there at once
  rows.forEach((row) => row.querySelectorAll("button[name=decision]").forEach((button) => {
    button.addEventListener("click", (event) => {
      const note = row.querySelector("input[name=note]");
      if (note.value.trim() || !row.dataset.noteFor.split(" ").includes(button.value)) return;
      event.preventDefault();
      note.setAttribute("aria-invalid", "true");
      note.focus();
    });
  }));

  const press = (decision) => rows[current].querySelector(`button[value="${decision}"]`)?.click();

  const keys = {
    j: () => go(current + 1),
    k: () => go(current - 1),
    a: () => press("release"),
    h: () => press("hold"),
    l: () => press("later"),
    n: () => rows[current].querySelector("input[name=note]")?.focus(),
    s: () => document.getElementById("sign")?.focus(),
    v: () => rows[current].querySelector("[data-compare]")?.click(),
    o: () => rows[current].querySelector("[data-open]")?.click(),
  };

  rows.forEach((row, at) => row.addEventListener("focusin", () => {
    current = at;
    sessionStorage.setItem(place, String(current));
  }));

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (typing && event.key === "Escape") return go(current);
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });

  go(current);
});
