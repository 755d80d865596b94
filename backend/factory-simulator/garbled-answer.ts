import type { Response } from 'express';

const OVERSIZED_CHARACTERS = 70 * 1024;

const ANSWERS = [
  { status: 200, type: 'html', text: '<html><body><h1>It works!</h1></body></html>' },
  { status: 200, type: 'json', text: '{"jwt":"eyJhbGciOiJSUzI1NiIsImtpZCI6' },
  { status: 200, type: 'json', text: JSON.stringify({ jwt: 'A'.repeat(OVERSIZED_CHARACTERS) }) },
  { status: 500, type: 'html', text: '<html><body><h1>502 Bad Gateway</h1></body></html>' },
];

/** Answers what no client can use. By turns: a page, JSON that breaks off, JSON beyond 64 KiB, a page as a 500. */
export function answerGarbled(response: Response, turn: number): void {
  const answer = ANSWERS[turn % ANSWERS.length];
  response
    .status(answer?.status ?? 500)
    .type(answer?.type ?? 'html')
    .send(answer?.text ?? '');
}
