// When the computation is over the stream says so once; the board opens.
import { say } from "./speech.js";
import { words } from "./words.js";

export function start(place) {
  place.addEventListener("fini", (event) => {
    say(words("computed"));
    setTimeout(() => location.replace(event.detail?.data ?? place.dataset.finish), 700);
  });
}
