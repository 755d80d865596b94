// Some browsers begin to read the file only after the click is over.
const READ_WITHIN_MS = 60_000;

// Without it Excel takes UTF-8 for the code page of its country. The service sends it, and reading an answer as text
// takes it away.
const BYTE_ORDER_MARK = '\ufeff';

/** Hands a text to the reader as a file. */
export function saveFile({ name, text, type }: { name: string; text: string; type: string }): void {
  const parts = type === 'text/csv' ? [BYTE_ORDER_MARK, text] : [text];
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), READ_WITHIN_MS);
}
