// keep_form.js: sends a long form without leaving its page, so that a refusal or a lost connection keeps what was
// typed and which photos were chosen. Without script the form is sent the ordinary way.
for (const notice of document.querySelectorAll("[data-keep]")) {
  const form = notice.closest("form");
  const message = notice.querySelector("[data-message]");
  if (form && message && notice instanceof HTMLElement) keep(form, notice, message);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} notice
 * @param {Element} message
 */
function keep(form, notice, message) {
  const tell = (/** @type {string} */ sentence) => {
    message.textContent = sentence;
    notice.hidden = false;
    notice.focus();
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const buttons = /** @type {HTMLButtonElement[]} */ ([...form.querySelectorAll("button")]);
    const busy = (/** @type {boolean} */ is) => buttons.forEach((button) => (button.disabled = is));
    const filled = new FormData(form);
    // The server takes each form in its own encoding only.
    const body = form.enctype === "multipart/form-data" ? filled : new URLSearchParams(/** @type {any} */ (filled));
    busy(true);
    notice.hidden = true;
    try {
      const reply = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (reply.ok) return location.assign(reply.url);
      const problem = await reply.json();
      tell(problem.message);
    } catch {
      tell(notice.dataset.keep ?? "");
    }
    busy(false);
  });
}
