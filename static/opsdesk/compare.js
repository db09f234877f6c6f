// Comparing an order by keyboard: 1 to 6 tick a field, 0 ticks all, n note, c checked, Esc leaves the field.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("compare");
  if (!form) return;
  const ticks = [...form.querySelectorAll("[data-tick]")];

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (typing && event.key === "Escape") return typing.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const tick = ticks[Number(event.key) - 1];
    if (tick) tick.click();
    else if (event.key === "0") ticks.forEach((one) => { one.checked = true; });
    else if (event.key === "n") document.getElementById("compare-note").focus();
    else if (event.key === "c") document.getElementById("compare-checked").click();
    else return;
    event.preventDefault();
  });
});
