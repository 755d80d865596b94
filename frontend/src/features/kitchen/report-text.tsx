import { type Block, type Inline, parseMarkdown } from './markdown.ts';
import styles from './report-text.module.css';

// Parts of a text that never changes have no names but their places.
const numbered = <T,>(parts: readonly T[]) => parts.map((part, place) => ({ part, place }));

function Words({ parts }: { parts: readonly Inline[] }) {
  return numbered(parts).map(({ part: { kind, text }, place }) => {
    if (kind === 'code') return <code key={place}>{text}</code>;
    return kind === 'strong' ? <strong key={place}>{text}</strong> : text;
  });
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading': {
      // The report stands two levels below the page's title.
      const Heading = block.level === 1 ? 'h4' : 'h5';
      return (
        <Heading>
          <Words parts={block.text} />
        </Heading>
      );
    }
    case 'list':
      return (
        <ul>
          {numbered(block.items).map(({ part, place }) => (
            <li key={place} className={part.isTask ? styles.task : undefined}>
              <Words parts={part.text} />
            </li>
          ))}
        </ul>
      );
    case 'table':
      return <ReportTable head={block.head} rows={block.rows} />;
    default:
      return (
        <p className={block.isBlank ? styles.blank : undefined}>
          <Words parts={block.text} />
        </p>
      );
  }
}

function ReportTable({ head, rows }: { head: Inline[][]; rows: Inline[][][] }) {
  const label = head.map((cell) => cell.map(({ text }) => text).join('')).join(', ');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no wheel scrolls it with the arrow keys
    <section className={styles.scroll} tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            {numbered(head).map(({ part, place }) => (
              <th key={place} scope="col">
                <Words parts={part} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {numbered(rows).map(({ part: cells, place: row }) => (
            <tr key={row}>
              {numbered(cells).map(({ part, place }) => (
                <td key={place}>
                  <Words parts={part} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A report as people read it. It is written in English, whatever the page speaks. */
export function ReportText({ markdown }: { markdown: string }) {
  return (
    <article lang="en" className={styles.report}>
      {numbered(parseMarkdown(markdown)).map(({ part, place }) => (
        <BlockView key={place} block={part} />
      ))}
    </article>
  );
}
