// One polite live region for the whole page.
const region = document.getElementById("annonce");

export function say(words) {
  if (region) region.textContent = words;
}
