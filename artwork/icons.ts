// node artwork/icons.ts
// Makes the icons of the installed storefront from the app icon that export.ts has rendered.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';

const folder = resolve(import.meta.dirname, '../frontend/public/pictures');
const SIDE = 512;
// A launcher may cut a maskable icon down to the circle of four fifths of its side; the pizza stays inside.
const SAFE = 0.8;
// The rendered icon's own crust reaches to this share of its side.
const CRUST = 0.88;

const tile = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">
  <radialGradient id="ember" cx=".72" cy=".78" r=".8"><stop offset="0" stop-color="#5a2410"/>
  <stop offset=".55" stop-color="#26140c"/><stop offset="1" stop-color="#14100d"/></radialGradient>
  <rect width="${SIDE}" height="${SIDE}" fill="url(#ember)"/></svg>`;

/** The pizza of the rendered icon without the rounded tile it lies on. */
async function cutPizza(): Promise<Buffer> {
  const disc = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">
    <circle cx="${SIDE / 2 - 2}" cy="${SIDE / 2 - 4}" r="${(SIDE * CRUST) / 2 + 3}"/></svg>`;
  return sharp(join(folder, 'icon-512.png'))
    .ensureAlpha()
    .composite([{ input: Buffer.from(disc), blend: 'dest-in' }])
    .png()
    .toBuffer();
}

const pizza = await sharp(await cutPizza())
  .resize(Math.round((SIDE * SAFE * 0.94) / CRUST))
  .png()
  .toBuffer();
const full = await sharp(Buffer.from(tile))
  .composite([{ input: pizza, gravity: 'centre' }])
  .png()
  .toBuffer();
for (const size of [192, 512]) {
  const icon = await sharp(full)
    .resize(size)
    .png({ compressionLevel: 9, palette: true, quality: 92 })
    .toBuffer();
  writeFileSync(join(folder, `icon-maskable-${size}.png`), icon);
}
