import sharp from 'sharp';

// The renderer has no denoiser, and grain is what an encoder pays most for: lone bright pixels become
// their neighbours' median, then every pixel is averaged with those whose surroundings look alike.
const reach = 5;
const strength = 12;
const outlier = 26;

export async function withoutGrain(png: Buffer): Promise<Buffer> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const medians = await sharp(png).removeAlpha().median(3).raw().toBuffer();
  const count = width * height;
  const planes = [0, 1, 2].map(() => new Float32Array(count)) as [Float32Array, Float32Array, Float32Array];
  const luma = new Float32Array(count);
  const at = (buffer: Buffer, i: number) =>
    0.3 * buffer.readUInt8(i * 3) + 0.59 * buffer.readUInt8(i * 3 + 1) + 0.11 * buffer.readUInt8(i * 3 + 2);
  for (let i = 0; i < count; i++) {
    const source = Math.abs(at(data, i) - at(medians, i)) > outlier ? medians : data;
    planes.forEach((plane, c) => {
      plane[i] = source.readUInt8(i * 3 + c);
    });
    luma[i] = at(source, i);
  }
  const sums = planes.map((plane) => Float32Array.from(plane));
  const weights = new Float32Array(count).fill(1);
  const rows = new Float32Array(count);
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      if (dx === 0 && dy === 0) continue;
      accumulate(luma, planes, sums, weights, rows, dx, dy, width, count);
    }
  }
  const out = Buffer.alloc(count * 3);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) {
      out[i * 3 + c] = Math.round((sums[c]?.[i] ?? 0) / (weights[i] ?? 1));
    }
  }
  return sharp(out, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

function accumulate(
  luma: Float32Array,
  planes: Float32Array[],
  sums: Float32Array[],
  weights: Float32Array,
  rows: Float32Array,
  dx: number,
  dy: number,
  width: number,
  count: number,
): void {
  const shift = dy * width + dx;
  const n = (array: Float32Array, i: number) => array[i] as number;
  const difference = (i: number) => {
    const d = n(luma, i) - (luma[i + shift] ?? n(luma, i));
    return d * d;
  };
  for (let i = 2; i < count - 2; i++) {
    rows[i] = difference(i - 2) + difference(i - 1) + difference(i) + difference(i + 1) + difference(i + 2);
  }
  const from = 2 * width + Math.max(0, -shift);
  const to = count - 2 * width - Math.max(0, shift);
  for (let i = from; i < to; i++) {
    const column = (i % width) + dx;
    if (column < 0 || column >= width) continue;
    const sum =
      n(rows, i - 2 * width) + n(rows, i - width) + n(rows, i) + n(rows, i + width) + n(rows, i + 2 * width);
    const excess = sum / 25 - strength * strength * 0.7;
    const weight = excess <= 0 ? 1 : Math.exp((-2 * excess) / (strength * strength));
    if (weight < 0.02) continue;
    weights[i] = n(weights, i) + weight;
    planes.forEach((plane, c) => {
      const target = sums[c] as Float32Array;
      target[i] = n(target, i) + weight * n(plane, i + shift);
    });
  }
}
