import type { StoreSettings } from '#contract/franchise-dashboard.ts';

type OpeningHours = NonNullable<StoreSettings['openingHours']>;
type Interval = { opens: string; closes: string };

export const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '0'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Hours as they are edited: every weekday has its list, and so has every exception. */
export interface EditedHours {
  weekdays: Record<Weekday, Interval[]>;
  exceptions: { date: string; intervals: Interval[] }[];
}

export const NEW_INTERVAL: Interval = { opens: '11:00', closes: '22:00' };

/** A store that was always open begins with the same hours on each day. */
export function toEdited(hours: StoreSettings['openingHours']): EditedHours {
  const listOf = (day: Weekday) => (hours ? (hours.weekdays[day] ?? []) : [{ ...NEW_INTERVAL }]);
  return {
    weekdays: Object.fromEntries(WEEKDAYS.map((day) => [day, listOf(day)])) as EditedHours['weekdays'],
    exceptions: hours?.exceptions ?? [],
  };
}

/** A day without hours is a closed one and left out. */
export function fromEdited({ weekdays, exceptions }: EditedHours): OpeningHours {
  const open = WEEKDAYS.flatMap((day) => (weekdays[day].length > 0 ? [[day, weekdays[day]] as const] : []));
  return {
    weekdays: Object.fromEntries(open),
    ...(exceptions.length > 0 && { exceptions }),
  };
}

/** Whether both times are there, and it does not end when it begins. */
export function isInterval({ opens, closes }: Interval): boolean {
  return opens !== '' && closes !== '' && opens !== closes;
}

/** Whether an exception names a day, and one that no exception before it names. */
export function isOwnDay(exceptions: EditedHours['exceptions'], at: number): boolean {
  const date = exceptions[at]?.date;
  return date !== undefined && date !== '' && exceptions.findIndex((other) => other.date === date) === at;
}

/** Whether every time and day is filled in, no day stands twice, and no interval ends when it begins. */
export function areComplete({ weekdays, exceptions }: EditedHours): boolean {
  const intervals = [
    ...Object.values(weekdays).flat(),
    ...exceptions.flatMap((exception) => exception.intervals),
  ];
  return intervals.every(isInterval) && exceptions.every((_, at) => isOwnDay(exceptions, at));
}
