// The code of a receipt stands after the # of the address, where no server sees it: fill it in.
"use strict";

const code = /^#(r1\.[\w.-]+)$/.exec(location.hash);
const field = document.getElementById("id_text");
if (code && field) {
  field.value = code[1];
  document.getElementById("code-found").hidden = false;
  document.querySelector("main form button").focus();
}
