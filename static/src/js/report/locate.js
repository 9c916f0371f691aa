/** Finding where somebody stands: not the first, coarse fix but the best of some seconds. */

export const GOOD_ENOUGH_METRES = 15;
export const ROUGH_METRES = 100;
const BETTER_WITHIN_MS = 10_000;
const FIRST_FIX_MS = 20_000;
const REASONS = { 1: "denied", 2: "unavailable", 3: "timeout" };

/**
 * Resolves to {lat, lon, accuracy}: as soon as a fix is good enough, or else the best one ten seconds after the
 * first. `onBetter` hears every improvement. Rejects with an Error whose message is denied, unavailable or timeout;
 * after a first fix only a withdrawn permission still counts as a failure.
 */
export function bestFix(geolocation, { onBetter = () => {}, patienceMs = BETTER_WITHIN_MS } = {}) {
  return new Promise((resolve, reject) => {
    let best = null;
    let timer = null;
    const stop = () => {
      geolocation.clearWatch(watch);
      clearTimeout(timer);
    };
    const settle = () => {
      stop();
      resolve(best);
    };
    const seen = ({ coords }) => {
      timer ??= setTimeout(settle, patienceMs);
      if (best && coords.accuracy >= best.accuracy) return;
      best = { lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy };
      if (best.accuracy <= GOOD_ENOUGH_METRES) settle();
      else onBetter(best);
    };
    const failed = ({ code }) => {
      if (best && code !== 1) return;
      stop();
      reject(new Error(REASONS[code] ?? "unavailable"));
    };
    const options = { enableHighAccuracy: true, maximumAge: 0, timeout: FIRST_FIX_MS };
    const watch = geolocation.watchPosition(seen, failed, options);
  });
}

/** Metres in words: whole, and above a hundred rounded to tens, as more would be pretended. */
export function metres(accuracy) {
  return accuracy < ROUGH_METRES ? Math.max(2, Math.ceil(accuracy)) : Math.ceil(accuracy / 10) * 10;
}
