// One polite live region for the whole page.
const region = document.getElementById("annonce");

export function say(words) {
  if (region) region.textContent = words;
}

// At the place that it concerns, after what stands there; said once however often it is tried.
export function sayIn(place, words) {
  place.querySelector(":scope > [role=alert]")?.remove();
  const told = document.createElement("p");
  told.setAttribute("role", "alert");
  told.textContent = words;
  place.append(told);
}
