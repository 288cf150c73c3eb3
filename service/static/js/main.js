// Entry of every page: starts only what the page holds.
import { watchTheLine } from "./connection.js";
import { focusFirstProblem, keepWhatWasTyped } from "./forms.js";
import { tellWhatTakesAMoment } from "./waiting.js";

// Navigation is one line that scrolls on a phone: it begins where one is.
document.querySelector(".top nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

watchTheLine();
focusFirstProblem(document);
keepWhatWasTyped();
tellWhatTakesAMoment();

// What answers a form is no address: drawn anew or come back to, it is the month's board, which says the same.
const answer = document.querySelector("[data-again]");
if (answer) history.replaceState(null, "", answer.dataset.again);

const board = document.querySelector("[data-board]");
if (board) import("./board.js").then((module) => module.start(board));
const computing = document.querySelector("[data-finish]");
if (computing) import("./finish.js").then((module) => module.start(computing));
if (document.querySelector("[data-copy]")) import("./copy.js").then((module) => module.start(document));
if (document.querySelector("[data-held]")) import("./countdown.js").then((module) => module.start(document));
const preview = document.querySelector("[data-preview]");
if (preview) import("./preview.js").then((module) => module.start(preview));
