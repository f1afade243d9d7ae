// What differs between two ZIPs of a project: by file, and by line where a file is text.

/** The files of a ZIP as {path: text}. */
async function unzip(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const view = new DataView(bytes.buffer);
  const short = (at) => view.getUint16(at, true);
  const long = (at) => view.getUint32(at, true);
  let end = bytes.length - 22;
  while (end > 0 && long(end) !== 0x06054b50) end--;
  const files = new Map();
  let at = long(end + 16);
  for (let n = short(end + 10); n > 0; n--) {
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + short(at + 28)));
    const local = long(at + 42);
    const start = local + 30 + short(local + 26) + short(local + 28);
    const packed = new Blob([bytes.subarray(start, start + long(at + 20))]);
    const stream = short(at + 10) ? packed.stream().pipeThrough(new DecompressionStream('deflate-raw')) : packed.stream();
    if (!name.endsWith('/')) files.set(name, await new Response(stream).text());
    at += 46 + short(at + 28) + short(at + 30) + short(at + 32);
  }
  return files;
}

/** [{path, kind: added|removed|changed, lines}] of what the second has in place of the first. */
export async function compare(before, after) {
  const [a, b] = await Promise.all([unzip(before), unzip(after)]);
  return [...new Set([...a.keys(), ...b.keys()])].sort().filter((path) => a.get(path) !== b.get(path))
    .map((path) => ({ path, kind: !a.has(path) ? 'added' : b.has(path) ? 'changed' : 'removed', lines: lines(a.get(path) ?? '', b.get(path) ?? '') }));
}

const CONTEXT = 2;
const LONGEST = 1500;

/** [sign, text] with two lines around each change; null where the text is none, or too long. */
function lines(before, after) {
  if (/\0|\ufffd/.test(before + after)) return null;
  const [a, b] = [before.split('\n'), after.split('\n')];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const [x, y] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  if (x.length > LONGEST || y.length > LONGEST) return null;
  const same = Array.from({ length: x.length + 1 }, () => new Uint16Array(y.length + 1));
  for (let i = x.length - 1; i >= 0; i--) for (let j = y.length - 1; j >= 0; j--) same[i][j] = x[i] === y[j] ? same[i + 1][j + 1] + 1 : Math.max(same[i + 1][j], same[i][j + 1]);
  const all = a.slice(Math.max(0, head - CONTEXT), head).map((l) => [' ', l]);
  let [i, j] = [0, 0];
  while (i < x.length || j < y.length) {
    if (i < x.length && j < y.length && x[i] === y[j]) { all.push([' ', x[i++]]); j++; } else if (j >= y.length || (i < x.length && same[i + 1][j] >= same[i][j + 1])) all.push(['-', x[i++]]);
    else all.push(['+', y[j++]]);
  }
  for (const l of a.slice(a.length - tail, a.length - tail + CONTEXT)) all.push([' ', l]);
  const near = (k) => all.slice(Math.max(0, k - CONTEXT), k + CONTEXT + 1).some(([sign]) => sign !== ' ');
  return all.flatMap((l, k) => (near(k) ? [l] : k && near(k - 1) ? [['…', '']] : []));
}
