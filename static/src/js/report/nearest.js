import { control } from "./fields.js";

/**
 * Fills in the nearest address after the position was found or the map was tapped, as long as nobody typed one:
 * only an empty field, what was filled in here before, or the address of a place that the pin has left, is
 * overwritten. A rough place has no house number, and then the field is emptied. `addressField` hears what was
 * filled in.
 */
export function fillNearestAddress(form, place, addressField) {
  const input = control(form, "address");
  let ours = null;
  let stop = null;
  place.addEventListener("change", async ({ detail }) => {
    stop?.abort();
    const free = () => input.value.trim() === "" || input.value === ours || addressField.isOfElsewhere;
    if (!["gps", "map"].includes(detail.by) || !place.current || !free()) return;
    if (detail.rough) {
      fill("");
      return;
    }
    stop = new AbortController();
    const { signal } = stop;
    const label = await nearest(form.dataset.addressNearUrl, place.current, signal);
    if (signal.aborted || !free()) return;
    fill(label);
  });

  function fill(text) {
    input.value = ours = text;
    addressField.belongsToPin(text);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** The label, or "" where no address is near or none can be looked up. */
async function nearest(address, { lat, lon }, signal) {
  try {
    const answer = await fetch(`${address}?${new URLSearchParams({ lat, lon })}`, { signal });
    return answer.ok ? ((await answer.json()).label ?? "") : "";
  } catch {
    return "";
  }
}
