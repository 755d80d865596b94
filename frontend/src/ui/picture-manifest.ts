export interface PictureEntry {
  width: number;
  height: number;
  widths: number[];
  /** A tiny picture as a data address; where there is none, a disc of the colour keeps the place. */
  placeholder?: string;
  color: string;
}

// A glob instead of an import: the storefront builds even before the pictures were exported.
const found = import.meta.glob<Record<string, PictureEntry>>('../../public/pictures/pictures.json', {
  eager: true,
  import: 'default',
});
const manifest: Record<string, PictureEntry> = Object.values(found)[0] ?? {};

/** The names of our own pictures. */
export const ownPictures = (): string[] => Object.keys(manifest);

/** Answers the entry of a picture of our own set; anything unknown gets the fallback, if there is one. */
export function findPicture(source: string): { name: string; entry: PictureEntry | undefined } {
  const name = /([^/]+?)(?:\.\w+)?$/.exec(source)?.[1] ?? 'fallback';
  const entry = Object.hasOwn(manifest, name) ? manifest[name] : undefined;
  return entry ? { name, entry } : { name: 'fallback', entry: manifest.fallback };
}

export function pictureFile(name: string, width: number, type: 'avif' | 'webp'): string {
  return `/pictures/${name}-${width}.${type}`;
}

export function sourceSet(name: string, entry: PictureEntry, type: 'avif' | 'webp'): string {
  return entry.widths.map((width) => `${pictureFile(name, width, type)} ${width}w`).join(', ');
}
