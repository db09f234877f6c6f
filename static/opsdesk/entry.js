// The button that enters the order works once; what was written stays when the page comes back.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("entry");
  if (!form) return;
  form.addEventListener("submit", (event) => {
    if (!event.submitter || !event.submitter.hasAttribute("data-once")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  // Leaving a row's SKU or quantity asks for price and stock, where both are written.
  form.querySelectorAll("input[name^='quantity_']").forEach((field) => {
    field.addEventListener("change", () => {
      const sku = form.elements[field.name.replace("quantity_", "sku_")];
      if (sku && sku.value && field.value) form.requestSubmit(form.querySelector("button[value='check']"));
    });
  });
});
