/** Has every key of the English texts and no other; a list has as many entries. */
export type Translation<T> = T extends string ? string : { readonly [K in keyof T]: Translation<T[K]> };
