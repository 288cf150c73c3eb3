// The sentences that scripts say come with the page, in its language.
const said = JSON.parse(document.getElementById("annonce")?.dataset.words ?? "{}");

export function words(name) { return said[name] ?? ""; }
