/** A ZIP of files as they are, without compression: photos have been compressed already, and words are few. */

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

/** CRC-32 as ZIP has it (IEEE 802.3). */
export function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** Date and time as MS-DOS writes them, two seconds apart and from 1980 on. */
function dosTime(moment) {
  const date = ((Math.max(moment.getFullYear(), 1980) - 1980) << 9) | ((moment.getMonth() + 1) << 5) | moment.getDate();
  const time = (moment.getHours() << 11) | (moment.getMinutes() << 5) | (moment.getSeconds() >> 1);
  return { date, time };
}

const UTF8_NAMES = 0x0800;
const VERSION = 20;

/** The parts of a Blob; `files` are {name, bytes: Uint8Array}. ZIP without 64-bit sizes: at most 4 GB in all. */
export function zipped(files, moment = new Date()) {
  const { date, time } = dosTime(moment);
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const encoded = new TextEncoder().encode(name);
    const common = [
      [2, VERSION], [2, UTF8_NAMES], [2, 0], [2, time], [2, date],
      [4, crc32(bytes)], [4, bytes.length], [4, bytes.length], [2, encoded.length], [2, 0],
    ];
    const local = packed([[4, 0x04034b50], ...common]);
    parts.push(local, encoded, bytes);
    const central = [[4, 0x02014b50], [2, VERSION], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]];
    directory.push(packed(central), encoded);
    offset += local.length + encoded.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const count = files.length;
  const end = [[4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, offset], [2, 0]];
  return [...parts, ...directory, packed(end)];
}

/** Numbers in little-endian bytes: a list of [bytes, value]. */
function packed(numbers) {
  const bytes = new Uint8Array(numbers.reduce((sum, [length]) => sum + length, 0));
  let at = 0;
  for (const [length, value] of numbers) {
    for (let index = 0; index < length; index += 1) bytes[at + index] = Math.floor(value / 256 ** index) & 0xff;
    at += length;
  }
  return bytes;
}
