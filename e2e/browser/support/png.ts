import { crc32, deflateSync } from 'node:zlib';
import type { Locator } from '@playwright/test';

/** A picture of one dot, as base64. */
export const dotPng =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A grey image that does not compress, like a photograph. */
export function noisePng(width: number, height: number): Buffer {
  const lines = Buffer.alloc((width + 1) * height);
  let seed = 1;
  for (let at = 0; at < lines.length; at++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    lines[at] = at % (width + 1) === 0 ? 0 : seed >>> 24; // each line begins with its filter
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8; // bits; the rest are zeros: grey, not interlaced
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), content]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(content.length, 0);
  around.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
}

/** Pastes or drops a picture of one dot as a file. */
export const give = (target: Locator, kind: 'paste' | 'drop', name: string) =>
  target.evaluate(
    (element, { kind: how, name: file, dot }) => {
      const bytes = Uint8Array.from(atob(dot), (letter) => letter.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], file, { type: 'image/png' }));
      const init = { bubbles: true, cancelable: true };
      element.dispatchEvent(
        how === 'paste'
          ? new ClipboardEvent('paste', { clipboardData: data, ...init })
          : new DragEvent('drop', { dataTransfer: data, ...init }),
      );
    },
    { kind, name, dot: dotPng },
  );
