/**
 * Everything that can be wrong with a field: its code, and beside it the English sentence that existing clients read.
 * The one place that knows; the storefront has a text for each code in each of its languages. It needs no library.
 */
const FIELD_MESSAGES = {
  /** What has no code of its own; its message is usually that of the library which found it. */
  invalid: 'is not valid',
  required: 'is required',
  empty: 'must not be empty',
  blank: 'must not be blank',
  given_twice: 'must be given once',
  too_deep: ({ levels }: { levels: number }) => `must not nest deeper than ${levels} levels`,

  not_text: 'must be a text',
  not_number: 'must be a number',
  not_whole_number: 'must be a whole number',
  not_boolean: 'must be true or false',
  not_list: 'must be a list',
  not_time: 'must be a time',
  not_id: 'must be an id (a positive integer)',
  not_id_list: 'must be a list of ids',
  not_uuid: 'must be a UUID',
  not_email: 'must be an e-mail address',
  not_email_list: 'must be a list of { email }',
  not_pizza_list: 'must be a list of pizzas',
  not_picture: 'must be a relative path or an https address',
  not_time_zone: 'must be a time zone, like America/Denver',
  not_like: ({ example }: { example: string }) => `must look like ${example}`,
  not_idempotency_key: 'must be 1 to 255 visible ASCII characters',
  not_report_token: 'must be a token of a report link',

  not_one_of: ({ choices }: { choices: string }) => `must be one of ${choices}`,
  not_role: 'must be diner, franchisee or admin',
  not_order_state: 'must be a state of an order',
  not_grouping: 'must be day, store or item',
  not_audit_action: 'must be an action of the audit log',
  not_recompute_mode: 'must be check or rebuild',
  not_drill_mode: 'must be one of the modes',

  too_short: ({ count }: { count: number }) => `must have at least ${count} characters`,
  too_long: ({ count }: { count: number }) => `must have at most ${count} characters`,
  too_many_entries: ({ count }: { count: number }) => `must have at most ${count} entries`,
  too_many_decimals: ({ count }: { count: number }) => `must have at most ${count} decimals`,
  wrong_pizza_count: ({ max }: { max: number }) => `an order has 1 to ${max} pizzas`,
  not_between: ({ min, max }: { min: number; max: number }) => `must be a whole number from ${min} to ${max}`,
  too_little: ({ min }: { min: number }) => `must be at least ${min}`,
  too_much: ({ max }: { max: number }) => `must be at most ${max}`,
  negative: 'must not be negative',
  not_positive: 'must be more than 0',
  before_from: 'must not be before from',
  too_many_days: ({ days }: { days: number }) => `must be less than ${days} days after from`,

  control_characters: 'must not hold control characters',
  common_password: 'is one of the commonest: choose another',
  wrong: 'is wrong',
  taken: 'is taken',
  no_account: 'has no account',
  no_franchise: 'is no franchise',
  misplaced_franchise: 'a franchisee names its franchise in objectId, and nobody else does',
  not_whole_menu: 'must hold the id of every pizza of the menu once',
  not_on_menu: 'is not on the menu',
  not_store_of_franchise: 'is no store of this franchise',
  sold_out: ({ title }: { title: string }) => `${title} is sold out`,
  price_changed: ({ title, price }: { title: string; price: number }) => `${title} now costs ${price} ₿`,
} as const satisfies Record<string, string | ((params: never) => string)>;

type Messages = typeof FIELD_MESSAGES;
export type FieldErrorCode = keyof Messages;

export const FIELD_ERROR_CODES = Object.keys(FIELD_MESSAGES) as [FieldErrorCode, ...FieldErrorCode[]];

type ParamsArgument<C extends FieldErrorCode> = Messages[C] extends (params: infer P) => string
  ? [params: P]
  : [];

/** What the words of a code are filled with. */
export type FieldParams<C extends FieldErrorCode> =
  ParamsArgument<C> extends [infer P] ? P : Record<never, never>;

export interface FieldError {
  /** Dotted, like `items.0.menuId`; empty for the whole body. */
  path: string;
  message: string;
  code: FieldErrorCode;
  params?: Record<string, string | number> | undefined;
}

/** Says what is wrong with the field at this path. */
export function fieldError<C extends FieldErrorCode>(
  path: string,
  code: C,
  ...given: ParamsArgument<C>
): FieldError {
  const [params] = given as [FieldError['params']?];
  const message: string | ((params: never) => string) = FIELD_MESSAGES[code];
  if (typeof message === 'string') return { path, message, code };
  return { path, message: message(params as never), code, params };
}

/** The message of a schema's check. An issue of zod carries a text and nothing else, so code and params travel in it. */
export function issueText<C extends FieldErrorCode>(code: C, ...params: ParamsArgument<C>): string {
  return JSON.stringify([code, ...params]);
}

/** Reads what `issueText` wrote; any other text is a sentence of zod's own. */
export function readIssueText(path: string, text: string): FieldError {
  if (!text.startsWith('[')) return { path, message: text, code: 'invalid' };
  const [code, ...params] = JSON.parse(text) as [FieldErrorCode, ...ParamsArgument<FieldErrorCode>];
  return fieldError(path, code, ...params);
}
