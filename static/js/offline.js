// The offline page stands at the address one wanted: loading again is all there is to do.

addEventListener("online", () => location.reload());
