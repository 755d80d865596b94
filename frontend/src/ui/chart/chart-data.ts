export type ChartTone = 'ember' | 'basil' | 'tomato' | 'honey' | 'muted';

export interface ChartSeries {
  label: string;
  /** One for each point; null where there is nothing to say. */
  values: readonly (number | null)[];
  tone: ChartTone;
}

export interface ChartData {
  /**
   * `lines` for what goes on over time, `bars` for amounts of a day or another short name, `ranks` for bars that lie,
   * one under the other, so that long names can be read. Several series of bars stand on top of each other.
   */
  kind: 'lines' | 'bars' | 'ranks';
  /** What the points are called, in their order and at equal distances: minutes, days, stores. */
  points: readonly string[];
  series: readonly ChartSeries[];
}

/** Answers how high each series ends when it stands on those before it. */
export function stack(series: readonly ChartSeries[]): number[][] {
  const heights: number[] = [];
  return series.map(({ values }) =>
    values.map((value, point) => {
      const height = (heights[point] ?? 0) + (value ?? 0);
      heights[point] = height;
      return height;
    }),
  );
}

/** Points that have no neighbour: a line drawn through one of them alone would be nothing. */
export function lonePoints(values: readonly (number | null | undefined)[]): number[] {
  return values.flatMap((value, at) =>
    value != null && values[at - 1] == null && values[at + 1] == null ? [at] : [],
  );
}
