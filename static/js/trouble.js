// What was asked for and not done is said in one place, with a way to try again; no panel loses what it shows.

export function startTrouble(box, keeper) {
  let failed = null;

  // The draft speaks for itself, and what refreshes itself comes again by itself.
  function isAsked({ detail }) {
    const cause = detail.requestConfig.triggeringEvent;
    return detail.elt !== keeper && (!cause || cause.isTrusted);
  }

  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    // A refusal in words names its place; any other failure is a page that fits nowhere here.
    if (detail.xhr.getResponseHeader("HX-Retarget")) detail.shouldSwap = true;
  });
  document.addEventListener("htmx:beforeRequest", (event) => { if (isAsked(event)) box.replaceChildren(); });
  for (const kind of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(kind, (event) => {
      const { detail } = event;
      if (!isAsked(event) || detail.xhr?.getResponseHeader("HX-Retarget")) return;
      failed = detail;
      box.replaceChildren(document.getElementById("trouble-link").content.cloneNode(true));
    });
  }

  return {
    dismiss: () => box.replaceChildren(),
    again() {
      box.replaceChildren();
      const { verb, path, parameters } = failed.requestConfig;
      const source = failed.elt.isConnected ? failed.elt : document.body;
      htmx.ajax(verb, path, { source, target: failed.target, swap: swapOf(failed.elt), values: parameters });
    },
  };
}

function swapOf(element) {
  return element.closest("[hx-swap]")?.getAttribute("hx-swap") ?? "innerHTML";
}
