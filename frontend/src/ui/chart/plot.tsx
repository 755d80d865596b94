import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useShownTheme } from '../../lib/theme.ts';
import styles from './chart.module.css';
import type { ChartData } from './chart-data.ts';
import { heightOf, plotOptions, plottedData } from './plot-options.ts';

interface PlotProps {
  data: ChartData;
  format: (value: number) => string;
  onPoint: (point: number | null) => void;
}

/** Equal for charts that differ in nothing but their values: those need no new plot. */
const shapeOf = ({ kind, points, series }: ChartData) =>
  JSON.stringify([kind, points, series.map(({ label, tone }) => [label, tone])]);

/** The drawing itself. It says nothing to a screen reader: the table beside it does. */
export function Plot({ data, format, onPoint }: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const theme = useShownTheme();
  const shape = shapeOf(data);
  const latest = useRef({ data, format, onPoint });
  latest.current = { data, format, onPoint };

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new plot is due when the shape is another, not at each drawing
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const now = latest.current;
    const options = plotOptions(now.data, {
      width: element.clientWidth,
      format: (value) => latest.current.format(value),
      onPoint: (point) => latest.current.onPoint(point),
    });
    const made = new uPlot(options, plottedData(now.data), element);
    plot.current = made;
    const watch = new ResizeObserver(() => {
      made.setSize({ width: element.clientWidth, height: heightOf(latest.current.data) });
    });
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [shape]);

  useEffect(() => {
    plot.current?.setData(plottedData(data));
  }, [data]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the page, which has changed its theme
  useEffect(() => {
    plot.current?.redraw(false, true);
  }, [theme]);

  return <div ref={place} aria-hidden="true" className={styles.plot} style={{ minHeight: heightOf(data) }} />;
}
