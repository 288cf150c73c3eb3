// When the computation is over the stream says so once; the board opens.
import { say } from "./speech.js";

export function start(place) {
  place.addEventListener("fini", (event) => {
    say("Le planning est calculé.");
    setTimeout(() => location.assign(event.detail?.data ?? place.dataset.finish), 700);
  });
}
