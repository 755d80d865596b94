import uPlot from 'uplot';
import { type ChartData, type ChartTone, lonePoints, stack } from './chart-data.ts';

const PLOT_HEIGHT_PX = 220;
const RANK_HEIGHT_PX = 34;
const AXIS_PX = 34;
/** A name beside a lying bar; longer ones are cut, the table has them in full. */
const LONGEST_NAME = 18;
const NAME_WIDTH_PX = 150;
/** Lines differ by their dashes too, for those who see few colours. */
const DASHES: number[][] = [[], [7, 4], [2, 3], [9, 3, 2, 3]];

export const dashOf = (index: number) => DASHES[index % DASHES.length] ?? [];

export function heightOf({ kind, points }: ChartData): number {
  return kind === 'ranks' ? points.length * RANK_HEIGHT_PX + AXIS_PX : PLOT_HEIGHT_PX;
}

/** Series of bars are drawn from the highest down, for each covers the foot of the one before it. */
export function plottedData({ kind, points, series }: ChartData): uPlot.AlignedData {
  const places = points.map((_, index) => index);
  const values = kind === 'lines' ? series.map((one) => [...one.values]) : stack(series).reverse();
  return [places, ...values];
}

const token = (name: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Asked at each drawing, so that a change of theme needs no other plot. */
const paint = (tone: ChartTone | 'line') => () => token(tone);

function seriesOf({ kind, series }: ChartData): uPlot.Series[] {
  if (kind === 'lines') {
    return series.map(({ label, tone, values }, index) => ({
      label,
      stroke: paint(tone),
      width: 2.25,
      dash: dashOf(index),
      points: { show: true, size: 6, fill: paint(tone), filter: () => lonePoints(values) },
    }));
  }
  const bars = uPlot.paths.bars?.({ size: [0.72, 44], radius: [0.15, 0] });
  return series
    .map(({ label, tone }) => ({
      label,
      stroke: paint(tone),
      fill: paint(tone),
      width: 0,
      points: { show: false },
      ...(bars && { paths: bars }),
    }))
    .reverse();
}

const shortened = (name: string) =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1).trimEnd()}…` : name;

interface PlotInput {
  width: number;
  format: (value: number) => string;
  /** Told the point below the pointer, or null when it has left. */
  onPoint: (point: number | null) => void;
}

/** Answers how the library is to draw the chart. It never sees a time: points stand at equal distances and have names. */
export function plotOptions(data: ChartData, { width, format, onPoint }: PlotInput): uPlot.Options {
  const { kind, points } = data;
  const isLying = kind === 'ranks';
  const last = Math.max(points.length - 1, 0);
  const margin = kind === 'lines' ? 0 : 0.6;
  const font = `500 13px ${token('font-text')}`;
  const names: uPlot.Axis = {
    side: isLying ? 3 : 2,
    stroke: paint('muted'),
    font,
    grid: { show: false },
    ticks: { show: false },
    size: isLying ? NAME_WIDTH_PX : AXIS_PX,
    gap: 8,
    space: isLying ? 20 : Math.max(48, 8 * Math.max(0, ...points.map((name) => name.length)) + 16),
    incrs: [1, 2, 5, 10, 15, 20, 30, 50, 60, 100],
    values: (_, splits) =>
      splits.map((at) => {
        const name = points[at] ?? '';
        return isLying ? shortened(name) : name;
      }),
  };
  const amounts: uPlot.Axis = {
    side: isLying ? 2 : 3,
    stroke: paint('muted'),
    font,
    grid: { stroke: paint('line'), width: 1 },
    ticks: { show: false },
    size: isLying
      ? AXIS_PX
      : (_, values) => 14 + 8 * Math.max(2, ...(values ?? []).map((value) => value.length)),
    space: isLying ? 56 : 40,
    values: (_, splits) => splits.map((value) => format(value)),
  };
  return {
    width,
    height: heightOf(data),
    padding: [8, 12, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      x: kind === 'lines',
      drag: { x: false, y: false, setScale: false },
      points: { show: kind === 'lines' },
    },
    scales: {
      x: {
        time: false,
        ori: isLying ? 1 : 0,
        dir: isLying ? -1 : 1,
        range: [-margin, last + margin],
      },
      y: {
        ori: isLying ? 0 : 1,
        range: (_, _min, max) => [0, max > 0 ? max * 1.08 : 1],
      },
    },
    series: [{}, ...seriesOf(data)],
    axes: [names, amounts],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
  };
}
