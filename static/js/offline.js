// The offline page stands at the address one wanted: when the site answers again, loading is all there is to do.

const ITSELF = "/offline/";
const LOOKS_EVERY_MS = 5000;

async function lookAgain() {
  const answer = await fetch("/health/", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) location.reload();
}

if (location.pathname !== ITSELF) {
  addEventListener("online", lookAgain);
  setInterval(lookAgain, LOOKS_EVERY_MS);
}
