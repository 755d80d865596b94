import { assert, type IProperty } from 'fast-check';

/** Tries a law with a hundred values; the one it breaks on is shrunk and told with its seed. */
export function holds<Values>(law: IProperty<Values>): void {
  // Answers nothing to wait for: the overload that does is for asynchronous properties.
  void assert(law);
}
