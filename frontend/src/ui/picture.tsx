import { type CSSProperties, useState } from 'react';
import { classNames } from '../lib/class-names.ts';
import styles from './picture.module.css';
import { findPicture, type PictureEntry, pictureFile, sourceSet } from './picture-manifest.ts';

function placeholderOf({ placeholder, color }: PictureEntry): string {
  return placeholder
    ? `url("${placeholder}")`
    : `radial-gradient(closest-side, ${color} 86%, transparent 90%)`;
}

interface PictureProps {
  /** The address a record carries: `/pictures/<name>.webp` of our set, or a picture elsewhere. */
  source: string;
  alt: string;
  sizes: string;
  className?: string | undefined;
  /** For the picture that makes the first impression: fetched first and never lazily. */
  isFirst?: boolean;
}

/** A picture in fitting sizes with its place kept; one that is unknown or broken gives way to the fallback. */
export function Picture({ source, alt, sizes, className, isFirst = false }: PictureProps) {
  const [brokenSource, setBrokenSource] = useState<string>();
  const [isLoaded, setIsLoaded] = useState(false);
  const isForeign = source.startsWith('https://') && brokenSource !== source;
  const loading = isFirst
    ? ({ fetchPriority: 'high' } as const)
    : ({ loading: 'lazy', decoding: 'async' } as const);
  const onError = () => setBrokenSource(source);
  if (isForeign) {
    return (
      <img
        {...loading}
        src={source}
        alt={alt}
        onError={onError}
        className={classNames(styles.foreign, className)}
      />
    );
  }
  const { name, entry } = findPicture(brokenSource === source ? 'fallback' : source);
  if (!entry) return <span role="img" aria-label={alt} className={classNames(styles.plate, className)} />;
  // The placeholder goes when the picture is there: it would shine through at the edges.
  const style = isLoaded ? undefined : ({ '--placeholder': placeholderOf(entry) } as CSSProperties);
  return (
    <picture className={classNames(styles.picture, className)} style={style}>
      <source type="image/avif" srcSet={sourceSet(name, entry, 'avif')} sizes={sizes} />
      <source type="image/webp" srcSet={sourceSet(name, entry, 'webp')} sizes={sizes} />
      <img
        {...loading}
        src={pictureFile(name, entry.widths.at(-1) ?? entry.width, 'webp')}
        width={entry.width}
        height={entry.height}
        alt={alt}
        onError={onError}
        onLoad={() => setIsLoaded(true)}
      />
    </picture>
  );
}
