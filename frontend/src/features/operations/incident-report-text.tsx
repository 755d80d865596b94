import { Fragment } from 'react';
import type { IncidentReport, ReportBlock, ReportSpan } from '#contract/incident-reports.ts';
import styles from './incident-report-text.module.css';

// Parts of a text that never changes have no names but their places.
const numbered = <T,>(parts: readonly T[]) => parts.map((part, place) => ({ part, place }));

function Words({ spans }: { spans: readonly ReportSpan[] }) {
  return numbered(spans).map(({ part: { kind, text }, place }) => {
    if (kind === 'code') return <code key={place}>{text}</code>;
    return kind === 'strong' ? <strong key={place}>{text}</strong> : <span key={place}>{text}</span>;
  });
}

function BlockView({ block }: { block: ReportBlock }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <Words spans={block.spans} />
        </p>
      );
    case 'blank':
      return <p className={styles.blank}>{block.text}</p>;
    case 'table':
      return <ReportTable head={block.head} rows={block.rows} />;
    case 'list':
    case 'tasks':
      return (
        <ul>
          {numbered(block.items).map(({ part, place }) => (
            <li key={place} className={block.kind === 'tasks' ? styles.task : undefined}>
              <Words spans={part} />
            </li>
          ))}
        </ul>
      );
  }
}

function ReportTable({ head, rows }: { head: string[]; rows: ReportSpan[][][] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no wheel scrolls it with the arrow keys
    <section className={styles.scroll} tabIndex={0} aria-label={head.join(', ')}>
      <table>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {numbered(rows).map(({ part: cells, place: row }) => (
            <tr key={row}>
              {numbered(cells).map(({ part, place }) => (
                <td key={place}>
                  <Words spans={part} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** An incident report as people read it. It is written in English, whatever the page speaks. */
export function IncidentReportText({ report }: { report: IncidentReport }) {
  const { title, byline, sections } = report;
  return (
    <article lang="en" className={styles.report}>
      {/* It stands two levels below the page's title. */}
      <h4>{title}</h4>
      <p>{byline}</p>
      {sections.map(({ heading, blocks }) => (
        <Fragment key={heading}>
          <h5>{heading}</h5>
          {numbered(blocks).map(({ part, place }) => (
            <BlockView key={place} block={part} />
          ))}
        </Fragment>
      ))}
    </article>
  );
}
