"use strict";

// The theme writes the name of a chosen file into the first text field that it finds, which here is another field.
document.addEventListener("change", (event) => {
  if (event.target.matches("input[type=file].od-input")) event.stopImmediatePropagation();
}, true);
