"use strict";

// The frame writes the name of a chosen file into the next text field, which is right for its own widget only.
document.addEventListener("change", (event) => {
  if (event.target.matches("input[type=file].od-input")) event.stopPropagation();
}, true);
