// Registers the worker that explains a lost network; without it the site works the same.

navigator.serviceWorker?.register("/service-worker.js");
