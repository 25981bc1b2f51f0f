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
        status.textContent = `${status.getAttribute("data-located")} ± ${Math.round(coords.accuracy)} m`;
        button.disabled = false;
      },
      (error) => {
        status.textContent = error.message;
        button.disabled = false;
      },
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 0 },
    );
  });
}
