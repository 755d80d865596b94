// Loaded before a process of a test or a drill (`--import`): its machine's clock is this much off.
const shiftMs = Number(process.env.CLOCK_SHIFT_MS);
const MachineDate = globalThis.Date;

globalThis.Date = class extends MachineDate {
  constructor(...given) {
    if (given.length === 0) super(MachineDate.now() + shiftMs);
    else super(...given);
  }

  static now() {
    return MachineDate.now() + shiftMs;
  }
};
