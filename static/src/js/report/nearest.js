import { control } from "./fields.js";

/**
 * Fills in the nearest address after the position was found or the map was tapped, as long as nobody typed one:
 * only an empty field, or what was filled in here before, is overwritten. A rough place has no house number.
 * `addressField` hears what was filled in.
 */
export function fillNearestAddress(form, place, addressField) {
  const input = control(form, "address");
  let ours = null;
  let stop = null;
  place.addEventListener("change", async ({ detail }) => {
    stop?.abort();
    const free = () => input.value.trim() === "" || input.value === ours;
    if (!["gps", "map"].includes(detail.by) || detail.rough || !place.current || !free()) return;
    stop = new AbortController();
    const { signal } = stop;
    const label = await nearest(form.dataset.addressNearUrl, place.current, signal);
    if (signal.aborted || !free()) return;
    input.value = ours = label;
    addressField.belongsToPin(label);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
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
