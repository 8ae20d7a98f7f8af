// Security keys and passkeys: hands a form's data attributes to the sign-in library's script.
// <form data-webauthn="loginForm" data-login="id of the button" data-credential="id of the field">
"use strict";

document.querySelectorAll("[data-webauthn]").forEach((form) => {
  const { webauthn, ...ids } = form.dataset;
  window.allauth.webauthn.forms[webauthn]({ ids });
});

// Somebody who closes the browser's question needs no message; everything else is said aloud.
document.addEventListener("allauth.error", (event) => {
  const place = document.querySelector("[data-key-failed]");
  if (!place || event.detail.exception.name === "NotAllowedError") return;
  place.hidden = false;
});
