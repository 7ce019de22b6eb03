// News of a panel: the words of [data-news] are said when they are others than those of its id before.

import { say } from "./said.js";

export function startNews(frame) {
  const heard = new Map();
  const found = () => [...frame.querySelectorAll("[data-news]")];
  for (const { id, dataset } of found()) heard.set(id, dataset.news);
  document.addEventListener("htmx:afterSwap", () => {
    for (const { id, dataset } of found()) {
      if (heard.get(id) !== dataset.news) say(dataset.news);
      heard.set(id, dataset.news);
    }
  });
}
