// Passkeys: a form with data-passkey ("create" or "get") is sent once the device has given a credential.

const trouble = (form, why) => {
  const line = form.querySelector("[data-passkey-trouble]");
  line.textContent = line.dataset[why];
  line.hidden = false;
};
const REASONS = { InvalidStateError: "known", SecurityError: "address", NotAllowedError: "cancelled" };

async function options(form) {
  const written = document.getElementById("passkey-options");
  if (written) return JSON.parse(written.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new DOMException("", "NotAllowedError");
  return answer.json();
}

async function create(form) {
  const { publicKey } = (await options(form)).creation_options;
  // Kept on the device where it can be, so that it also opens without an address and a password.
  Object.assign(publicKey.authenticatorSelection, { residentKey: "preferred", requireResidentKey: false });
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
}

async function get(form) {
  const { publicKey } = (await options(form)).request_options;
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!isSecureContext) return trouble(form, "address");
    if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) return trouble(form, "unsupported");
    const button = event.submitter;
    button.disabled = true;
    try {
      const credential = await (form.dataset.passkey === "create" ? create : get)(form);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      trouble(form, REASONS[error.name] ?? "cancelled");
      button.disabled = false;
    }
  });
}
