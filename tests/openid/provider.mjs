// A real OpenID provider for tests/accounts/test_openid.py: node provider.mjs PORT CALLBACK
// Whoever signs in as NAME is { sub: NAME } with the claims below; any password does.
import { Provider } from "oidc-provider";

const [port, callback] = process.argv.slice(2);
const PEOPLE = {
  olga: { email: "olga@acme.example", email_verified: true, given_name: "Olga", family_name: "Owner" },
  lena: { email: "lena@people.example", email_verified: true, given_name: "Lena", family_name: "Learner" },
  uwe: { email: "uwe@acme.example", email_verified: false, given_name: "Uwe", family_name: "Unsure" },
  mallory: { email: "mallory@acme.example", email_verified: true, given_name: "Mal\u202elory", family_name: "M\u200b\u0007" },
  nemo: { given_name: "Nemo", family_name: "Nobody" },
};

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "helpdesk", client_secret: "a-secret-of-the-tests", redirect_uris: [callback] }],
  claims: { openid: ["sub"], profile: ["given_name", "family_name"], email: ["email", "email_verified"] },
  findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, ...PEOPLE[sub] }) }),
  pkce: { required: () => true },
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
