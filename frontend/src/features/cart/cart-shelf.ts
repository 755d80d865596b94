import { type Cart, type CartLine, type CartStore, EMPTY_CART, mergeLines } from './cart.ts';

/** Which order the cart of this key became, and whether it had done so before the cart was changed. */
export interface PaidCart {
  orderKey: string;
  orderId: number;
  isEarlier: boolean;
}

/** All carts of one person in this browser: one a store, and one for pizzas picked before a store was. */
export interface CartShelf {
  current: number | null;
  carts: Cart[];
  /** The last that was paid for. */
  paid?: PaidCart;
}

export const EMPTY_SHELF: CartShelf = { current: null, carts: [] };

const idOf = (cart: Cart) => cart.store?.storeId ?? null;

export function currentCart(shelf: CartShelf): Cart {
  return shelf.carts.find((cart) => idOf(cart) === shelf.current) ?? EMPTY_CART;
}

/** Puts a changed cart in the place of the current one. */
export function replaceCurrent(shelf: CartShelf, cart: Cart): CartShelf {
  const others = shelf.carts.filter((one) => idOf(one) !== shelf.current);
  return { ...shelf, current: idOf(cart), carts: [...others, cart] };
}

/** Turns to a store's own cart. Pizzas that had no store yet come along. */
export function chooseStore(shelf: CartShelf, store: CartStore): CartShelf {
  const known = shelf.carts.find((cart) => idOf(cart) === store.storeId);
  const homeless = shelf.carts.find((cart) => cart.store === null)?.lines ?? [];
  const cart = mergeLines({ lines: [], ...known, store }, homeless);
  const others = shelf.carts.filter((one) => one.store !== null && idOf(one) !== store.storeId);
  return { ...shelf, current: store.storeId, carts: [...others, cart] };
}

/** Answers another store's cart that still holds pizzas, so that they can be brought along. */
export function leftBehind(shelf: CartShelf): Cart | undefined {
  return shelf.carts.find(
    (cart) => cart.store !== null && idOf(cart) !== shelf.current && cart.lines.length > 0,
  );
}

/** Moves another store's pizzas into the current cart. What was sent of them may be an order already, and goes along. */
export function bringAlong(shelf: CartShelf, from: Cart): CartShelf {
  const into = currentCart(shelf);
  const { orderKey, attempt } = from;
  const sent = attempt && orderKey && !into.attempt ? { orderKey, attempt } : {};
  const merged = { ...mergeLines(into, from.lines), ...sent };
  return replaceCurrent({ ...shelf, carts: shelf.carts.filter((cart) => idOf(cart) !== idOf(from)) }, merged);
}

/** Turns to another store with all that lies in the current cart. */
export function moveTo(shelf: CartShelf, store: CartStore): CartShelf {
  const from = currentCart(shelf);
  const turned = chooseStore(shelf, store);
  return from.store && from.store.storeId !== store.storeId ? bringAlong(turned, from) : turned;
}

/** Turns to a store and adds these lines to its cart, as far as they fit. */
export function addLines(shelf: CartShelf, store: CartStore, lines: readonly CartLine[]): CartShelf {
  const turned = chooseStore(shelf, store);
  return replaceCurrent(turned, mergeLines(currentCart(turned), lines));
}

/** Puts the carts of a guest onto the shelf of whom they turn out to be; the one that was filled last is shown. */
export function takeOver(shelf: CartShelf, guest: CartShelf): CartShelf {
  const filled = guest.carts.filter(({ lines }) => lines.length > 0);
  let merged = shelf;
  for (const { store, lines } of filled) {
    if (store) merged = addLines(merged, store, lines);
    else {
      const homeless = { ...merged, current: null };
      merged = replaceCurrent(homeless, mergeLines(currentCart(homeless), lines));
    }
  }
  const isShown = filled.some((cart) => idOf(cart) === guest.current);
  return { ...merged, current: isShown ? guest.current : shelf.current };
}

function isLine(value: unknown): value is CartLine {
  if (typeof value !== 'object' || value === null) return false;
  const line = value as Partial<CartLine>;
  return (
    typeof line.key === 'string' &&
    Number.isInteger(line.menuId) &&
    typeof line.title === 'string' &&
    typeof line.image === 'string' &&
    typeof line.price === 'number' &&
    Number.isInteger(line.quantity) &&
    (line.quantity ?? 0) > 0 &&
    typeof line.note === 'string'
  );
}

function isStore(value: unknown): value is CartStore | null {
  if (value === null) return true;
  if (typeof value !== 'object') return false;
  const store = value as Partial<CartStore>;
  return (
    Number.isInteger(store.storeId) &&
    Number.isInteger(store.franchiseId) &&
    typeof store.storeName === 'string'
  );
}

function isCart(value: unknown): value is Cart {
  if (typeof value !== 'object' || value === null) return false;
  const { store, lines, orderKey } = value as Partial<Cart>;
  const isKeyed = orderKey === undefined || typeof orderKey === 'string';
  return store !== undefined && isStore(store) && Array.isArray(lines) && lines.every(isLine) && isKeyed;
}

/** What was sent is sent again as it was, or not at all. */
function withSoundAttempt({ attempt, ...cart }: Cart): Cart {
  const { sent, since } = (attempt ?? {}) as Partial<NonNullable<Cart['attempt']>>;
  const isSound = Array.isArray(sent) && sent.length > 0 && sent.every((one) => isCart(one) && one.store);
  return isSound && cart.orderKey ? { ...cart, attempt: { sent, since: since ?? null } } : cart;
}

/** Reads what storage held; whatever an older version or another hand left there never breaks the page. */
export function parseShelf(stored: unknown): CartShelf {
  const { current, carts, paid } = (
    typeof stored === 'object' && stored !== null ? stored : {}
  ) as Partial<CartShelf>;
  if (!Array.isArray(carts)) return EMPTY_SHELF;
  const sound = carts.filter(isCart).map(withSoundAttempt);
  const isKnown = sound.some((cart) => idOf(cart) === current);
  return {
    current: isKnown && typeof current === 'number' ? current : null,
    carts: sound,
    ...(typeof paid?.orderKey === 'string' && Number.isInteger(paid.orderId) && { paid }),
  };
}
