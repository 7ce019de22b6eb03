// A heading's own link copies its address. The link itself works as any link does.

import { toast } from "./toast.js";

for (const prose of document.querySelectorAll("[data-anchors]")) {
  prose.addEventListener("click", (event) => {
    const anchor = event.target.closest(".anchor");
    if (anchor) navigator.clipboard?.writeText(anchor.href).then(() => toast({ title: prose.dataset.anchors }), () => {});
  });
}
