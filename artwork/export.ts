// node artwork/export.ts <folder with master PNGs> [name...]
// Turns rendered masters into the web pictures and their manifest.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import sharp from 'sharp';
import { withoutGrain } from './grain.ts';

type Entry = { width: number; height: number; widths: number[]; placeholder: string; color: string };

const [masters = '', ...wanted] = process.argv.slice(2);
if (!masters) throw new Error('usage: node artwork/export.ts <folder with master PNGs> [name...]');

const target = resolve(import.meta.dirname, '../frontend/public/pictures');
const manifestPath = join(target, 'pictures.json');
const pizzaWidths = [240, 480, 800];
const heroWidths = [640, 1080, 1600];
const icons = [192, 512];

mkdirSync(target, { recursive: true });
const manifest: Record<string, Entry> = existsSync(manifestPath)
  ? JSON.parse(readFileSync(manifestPath, 'utf8'))
  : {};

const hex = (r: number, g: number, b: number) =>
  `#${[r, g, b].map((c) => Math.round(c).toString(16).padStart(2, '0')).join('')}`;

// The shadow is made here and not in the renderer: free of noise, it costs next to no bytes.
async function withShadow(png: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(png).metadata();
  const alpha = await sharp(png).extractChannel('alpha').toBuffer();
  const layer = (sigma: number) => sharp(alpha).blur(sigma).toColourspace('b-w').raw().toBuffer();
  const scale = width / 900;
  const contact = await layer(5 * scale);
  const fall = await layer(17 * scale);
  const shift = (x: number, y: number, dx: number, dy: number) =>
    Math.max(0, y - Math.round(dy * scale)) * width + Math.max(0, x - Math.round(dx * scale));
  const rgba = Buffer.alloc(width * height * 4);
  // A shadow cut by the picture's edge would show as a line, so it fades out before it.
  const margin = 14 * scale;
  for (let i = 0; i < width * height; i++) {
    const x = i % width;
    const y = (i - x) / width;
    const room = Math.min(x, y, width - 1 - x, height - 1 - y);
    const fade = Math.min(1, room / margin);
    const near = (0.62 * contact.readUInt8(shift(x, y, 4, 6))) / 255;
    const far = (0.42 * fall.readUInt8(shift(x, y, 9, 13))) / 255;
    const both = 255 * (1 - (1 - near) * (1 - far));
    rgba.set([24, 10, 4, both * fade * fade * (3 - 2 * fade)], i * 4);
  }
  const shadow = await sharp(rgba, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
  return sharp(shadow)
    .composite([{ input: png }])
    .png()
    .toBuffer();
}

async function averageColour(png: Buffer): Promise<string> {
  const { data } = await sharp(png)
    .ensureAlpha()
    .resize(48, 48, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  let [red, green, blue, count] = [0, 0, 0, 0];
  for (let i = 0; i < data.length; i += 4) {
    if (data.readUInt8(i + 3) < 128) continue;
    red += data.readUInt8(i);
    green += data.readUInt8(i + 1);
    blue += data.readUInt8(i + 2);
    count++;
  }
  return hex(red / count, green / count, blue / count);
}

async function placeholder(png: Buffer): Promise<string> {
  const tiny = await sharp(png).resize(16).webp({ quality: 12, alphaQuality: 15, effort: 6 }).toBuffer();
  return `data:image/webp;base64,${tiny.toString('base64')}`;
}

async function exportPicture(name: string): Promise<void> {
  const isHero = name.startsWith('hero');
  const raw = readFileSync(join(masters, `${name}.png`));
  const png = isHero ? await withoutGrain(raw) : await withShadow(raw);
  const meta = await sharp(png).metadata();
  const widths = isHero ? heroWidths : pizzaWidths;
  for (const width of widths) {
    const sized = sharp(png).resize(width, null, { kernel: 'lanczos3', withoutEnlargement: true });
    const sharpened = isHero ? sized : sized.sharpen({ sigma: 0.6, m1: 0.3, m2: 0.8 });
    await sharpened
      .clone()
      .avif({ quality: isHero ? 62 : 54, effort: 4, chromaSubsampling: isHero ? '4:2:0' : '4:4:4' })
      .toFile(join(target, `${name}-${width}.avif`));
    await sharpened
      .clone()
      .webp({ quality: 76, alphaQuality: 80, effort: 5, smartSubsample: true })
      .toFile(join(target, `${name}-${width}.webp`));
  }
  const main = isHero ? 1080 : 480;
  writeFileSync(join(target, `${name}.webp`), readFileSync(join(target, `${name}-${main}.webp`)));
  const width = Math.max(...widths);
  const entry = {
    width,
    height: Math.round((meta.height * width) / meta.width),
    widths,
    placeholder: await placeholder(png),
    color: await averageColour(raw),
  };
  manifest[name] = entry;
  console.log(name, entry.placeholder.length, entry.color);
}

async function exportIcon(): Promise<void> {
  const side = 512;
  const tile = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">
    <radialGradient id="ember" cx=".72" cy=".78" r=".8"><stop offset="0" stop-color="#5a2410"/>
    <stop offset=".55" stop-color="#26140c"/><stop offset="1" stop-color="#14100d"/></radialGradient>
    <rect width="${side}" height="${side}" rx="${side * 0.22}" fill="url(#ember)"/></svg>`;
  const pizza = await sharp(await withShadow(readFileSync(join(masters, 'icon.png'))))
    .resize(side)
    .toBuffer();
  const full = await sharp(Buffer.from(tile))
    .composite([{ input: pizza }])
    .png()
    .toBuffer();
  for (const size of icons) {
    await sharp(full)
      .resize(size)
      .png({ compressionLevel: 9, palette: true, quality: 92 })
      .toFile(join(target, `icon-${size}.png`));
  }
}

const present = readdirSync(masters)
  .filter((f) => f.endsWith('.png'))
  .map((f) => basename(f, '.png'));
const chosen = wanted.length > 0 ? wanted : present;
for (const name of chosen) {
  if (name === 'icon') {
    await exportIcon();
  } else {
    await exportPicture(name);
  }
}
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => a.localeCompare(b)));
writeFileSync(manifestPath, `${JSON.stringify(sorted, null, 2)}\n`);
