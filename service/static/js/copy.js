// "Copier" beside an address or a text: there only where it works, says what was done where it was done.
import { words } from "./words.js";

export function start(root) {
  for (const button of root.querySelectorAll("[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText(field.dataset.full ?? field.value);
      button.querySelector("[data-words]").textContent = words("copied");
    });
  }
}
