// position.js: the button that asks the phone where it is. Without script the fields are typed by hand.
for (const box of document.querySelectorAll("[data-position]")) {
  const button = /** @type {HTMLButtonElement | null} */ (box.querySelector("[data-locate]"));
  const status = box.querySelector("[data-located]");
  if (!button || !status || !("geolocation" in navigator)) continue;
  button.hidden = false;
  const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (box.querySelector(`[name="${name}"]`));
  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field("lat").value = coords.latitude.toFixed(6);
        field("lon").value = coords.longitude.toFixed(6);
        field("accuracy").value = String(Math.round(coords.accuracy));
        const metres = `${Math.round(coords.accuracy)}\u00a0${status.getAttribute("data-unit")}`; // browsers know no Kazakh units
        status.textContent = `${status.getAttribute("data-located")} ± ${metres}`;
        button.disabled = false;
      },
      () => {
        status.textContent = status.getAttribute("data-failed"); // the browser's own words are not in our languages
        button.disabled = false;
      },
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 0 },
    );
  });
}
