/** One photo: what it is, whether it may come along, and a smaller copy of it without where and when. */

export const LONGEST_SIDE = 2048;
export const HEAD_BYTES = 64;
const QUALITY = 0.85;
const HEIF_BRANDS = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];

const ascii = (bytes, from, to) => String.fromCharCode(...bytes.slice(from, to));

/** The media type by the first bytes (a name or a declared type may lie), or null for anything we do not take. */
export function sniff(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "image/jpeg";
  if (bytes[0] === 0x89 && ascii(bytes, 1, 8) === "PNG\r\n\x1a\n") return "image/png";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "image/webp";
  if (ascii(bytes, 4, 8) !== "ftyp") return null;
  const brand = ascii(bytes, 8, 12);
  if (!HEIF_BRANDS.includes(brand)) return null;
  return brand.startsWith("hei") || brand.startsWith("hev") ? "image/heic" : "image/heif";
}

/** Megabytes as people count them for a limit, rounded up to a tenth, so that 15.01 is not shown as 15. */
export function megabytes(bytes) {
  return Math.ceil((bytes / (1024 * 1024)) * 10 - 1e-9) / 10;
}

/** Why a file is not taken, as the key of a label, or null. `room` is how many photos may still be added. */
export function refusal({ size, type }, { maxBytes, room }) {
  if (room <= 0) return "photo_too_many";
  if (size === 0) return "photo_empty";
  if (type === null) return "photo_wrong_type";
  return size > maxBytes ? "photo_too_large" : null;
}

/** Width and height that fit in a square of `side`, in the same proportion and never enlarged. */
export function fit(width, height, side) {
  const scale = Math.min(1, side / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** The picture upright, or null when this browser can't read it (HEIC outside Safari). */
export async function decoded(blob) {
  try {
    return await createImageBitmap(blob, { imageOrientation: "from-image" });
  } catch {
    return createImageBitmap(blob).catch(() => null);
  }
}

/** The picture on a canvas of at most `side` pixels; what was transparent becomes white. */
export function drawn(picture, side) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = fit(picture.width, picture.height, side);
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** The JPEG to send, or the original as it is (with the type its bytes show) when the browser can't redraw it. */
export async function prepared(file, type, picture) {
  const original = file.slice(0, file.size, type);
  if (!picture) return original;
  const canvas = drawn(picture, LONGEST_SIDE);
  const jpeg = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  canvas.width = canvas.height = 0;
  return jpeg ?? original;
}
