// Earlier messages come as one scrolls up, or by a button; what one reads stays where it is.

const AHEAD = "800px 0px 0px 0px";

export function offerEarlier({ bubbles, reading }) {
  const { list } = bubbles;
  const button = document.getElementById("earlier");
  const near = new IntersectionObserver(([seen]) => { if (seen.isIntersecting) load(); }, { root: reading.scroller, rootMargin: AHEAD });
  const first = () => list.querySelector("[data-seq]");
  let loading = false;

  async function load() {
    if (loading || button.hidden) return null;
    loading = true;
    const known = first();
    try {
      const answer = await fetch(`${button.dataset.from}?before=${known.dataset.seq}`);
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      const page = document.createElement("template");
      page.innerHTML = await answer.text();
      reading.hold(() => {
        list.prepend(page.content);
        bubbles.arrange(known);
        button.hidden = first() === known || first().dataset.seq === "1";
      });
      delete button.dataset.failed;
      near.unobserve(button);
      near.observe(button); // tells anew, should it still be near
      return bubbles.preceding(known);
    } catch {
      button.dataset.failed = "";
      return null;
    } finally {
      loading = false;
    }
  }

  button.addEventListener("click", async () => (await load())?.focus());
  near.observe(button);
}
