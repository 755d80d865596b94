import { actingUser, onActingUser } from '../../lib/acting-user.ts';
import { readStored, removeStored, writeStored } from '../../lib/storage.ts';
import { type CartShelf, EMPTY_SHELF, parseShelf, takeOver } from './cart-shelf.ts';

/** Whose carts they are; null for a guest. */
type Owner = number | null;

const GUEST_KEY = 'jwt-pizza.carts';
const OWNER_KEY = 'jwt-pizza.cart-owner';

const keyOf = (owner: Owner): string => (owner === null ? GUEST_KEY : `${GUEST_KEY}.${owner}`);
const read = (owner: Owner): CartShelf => parseShelf(readStored('localStorage', keyOf(owner)));
const write = (owner: Owner, next: CartShelf): void => void writeStored('localStorage', keyOf(owner), next);

/** Until the service has said who is logged in, it is who it was last: the network may be away. */
function ownerNow(): Owner {
  const user = actingUser();
  if (user !== undefined) return user;
  const last = readStored('localStorage', OWNER_KEY);
  return typeof last === 'number' ? last : null;
}

let owner: Owner = ownerNow();
let shelf: CartShelf = read(owner);
const listeners = new Set<() => void>();

function show(next: CartShelf): void {
  shelf = next;
  for (const listener of listeners) listener();
}

/** A guest's carts go to the first who logs in, and so are nobody's any more when that one has gone. */
function takeGuestsCarts(userId: number): void {
  const guests = read(null);
  if (guests.carts.length > 0) write(userId, takeOver(read(userId), guests));
  removeStored('localStorage', GUEST_KEY);
}

function followUser(): void {
  const user = actingUser();
  if (user === undefined) return;
  if (user === null) removeStored('localStorage', OWNER_KEY);
  else {
    takeGuestsCarts(user);
    writeStored('localStorage', OWNER_KEY, user);
  }
  owner = user;
  show(read(owner));
}

onActingUser(followUser);
followUser();

// The carts are one and the same in every tab.
window.addEventListener('storage', ({ key }) => {
  if (key === keyOf(owner) || key === null) show(read(owner));
});

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const shownShelf = (): CartShelf => shelf;

/** Changes the carts as they are at this moment: another tab may have changed them since this one last looked. */
export function changeShelf(change: (shelf: CartShelf) => CartShelf, of: Owner = owner): void {
  const next = change(read(of));
  write(of, next);
  if (of === owner) show(next);
}

/** For whom there is no account any more. */
export function dropShelf(userId: number): void {
  removeStored('localStorage', keyOf(userId));
  if (owner === userId) show(EMPTY_SHELF);
}

export const readShelf = (userId: number): CartShelf => read(userId);
