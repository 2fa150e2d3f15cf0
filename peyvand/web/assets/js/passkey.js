// Passkeys: a form with data-passkey="login|authenticate|add" speaks to the authenticator through allauth's script.
const IDS = {
  login: (form) => ({ login: "passkey_login", credential: form.elements.credential.id }),
  authenticate: (form) => ({ authenticate: "passkey_authenticate", credential: form.elements.credential.id, data: "js_data" }),
  add: (form) => ({
    add: "passkey_add",
    credential: form.elements.credential.id,
    passwordless: form.elements.passwordless?.id,
    data: "js_data",
  }),
};

function show(selector) {
  document.querySelectorAll(selector).forEach((element) => (element.hidden = false));
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const kind = form.dataset.passkey;
    if (!window.PublicKeyCredential || !window.allauth?.webauthn) {
      form.querySelectorAll("button").forEach((button) => (button.disabled = true));
      show("[data-passkey-missing]");
      return;
    }
    window.allauth.webauthn.forms[`${kind}Form`]({ ids: IDS[kind](form) });
  });
});

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  show("[data-passkey-error]");
});
