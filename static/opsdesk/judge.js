// Judging a listing by keyboard: j/k move, r right and on, w says what is wrong, n note, s to the button.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const rows = [...document.querySelectorAll("[data-judge-row]")];
  if (!rows.length) return;
  let current = 0;

  const go = (index) => {
    current = Math.max(0, Math.min(index, rows.length - 1));
    rows.forEach((row, at) => row.classList.toggle("od-current", at === current));
    rows[current].focus({ preventScroll: true });
    rows[current].scrollIntoView({ block: "center" });
  };
  const choice = () => rows[current].querySelector("select");
  const done = () => document.getElementById("judge-done").focus();

  const keys = {
    j: () => go(current + 1),
    k: () => go(current - 1),
    r: () => {
      choice().value = "right";
      if (current === rows.length - 1) done();
      else go(current + 1);
    },
    w: () => choice().focus(),
    n: () => rows[current].querySelector("input").focus(),
    s: done,
  };

  rows.forEach((row, at) => row.addEventListener("focusin", () => {
    current = at;
    rows.forEach((other, index) => other.classList.toggle("od-current", index === at));
  }));

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (typing && event.key === "Escape") return go(current);
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });

  const wrong = rows.findIndex((row) => row.querySelector("[role=alert]"));
  go(wrong < 0 ? 0 : wrong);
});
