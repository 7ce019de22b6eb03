"""One ticket played through REST and the socket alone, against a server that runs."""
