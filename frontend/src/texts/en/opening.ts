/** When a store is open. `clock` is a time with what its language puts before it. */
export const opening = {
  open: 'Open',
  closed: 'Closed',
  openUntil: 'Open until {time}',
  opensToday: 'Closed, opens today at {time}',
  opensTomorrow: 'Closed, opens tomorrow at {time}',
  opensOn: 'Closed, opens on {day} at {time}',
  clock: '{hour, plural, one {{clock}} other {{clock}}}',
} as const;
