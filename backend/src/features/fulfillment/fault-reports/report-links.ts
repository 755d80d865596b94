import { createHash, createHmac } from 'node:crypto';
import type { Database } from '../../../database/pool.ts';
import { notFound } from '../../../errors.ts';
import { findReport, findReportOfOrder, type ReportRow } from './fault-report.repository.ts';
import type { Recovery, ReportResult } from './recovery.ts';
import * as repository from './report-links.repository.ts';

const TOKEN_BYTES = 16;
const VALID_HOURS = 24;

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

interface LinkDeps {
  db: Database;
  recovery: Recovery;
  /** Answers when everything that calls told of their factories so far is on record. */
  written: () => Promise<void>;
  publicUrl: string;
  /** Tokens are made with it. The stored hash is what checks them, so one that is rotated leaves them valid. */
  secret: string;
}

/**
 * The same for an order however often it is asked for, so that an order has one link and one row, and what is stored does
 * not tell it.
 */
function tokenOf(orderId: number, secret: string): string {
  const digest = createHmac('sha256', secret).update(`report link of order ${orderId}`).digest();
  return digest.subarray(0, TOKEN_BYTES).toString('base64url');
}

/** Whoever follows a link: the token is the right, but somebody else's session is none. */
interface Follower {
  orderId: number;
  token: string;
  session: { userId: number; isAdmin: boolean } | undefined;
}

/**
 * Clients of a failed order get the factory's report URL back. The factory's own holds our API key, so they get a link
 * of ours in its place, which makes the same report.
 */
export function createReportLinks({ db, recovery, written, publicUrl, secret }: LinkDeps) {
  async function follow({ orderId, token, session }: Follower): Promise<ReportRow> {
    const link = await repository.findLink(db, { tokenHash: hashToken(token), orderId });
    const isForeign = session && !session.isAdmin && session.userId !== link?.dinerId;
    const report = link && !isForeign ? await findReport(db, link.reportId) : undefined;
    if (!report) throw notFound('report link');
    return report;
  }

  return {
    /** Answers the address an order's client can open, or undefined when the factory gave none that may be followed. */
    async createFor(orderId: number): Promise<string | undefined> {
      // The order is settled a moment before what its call told is on record.
      await written();
      const report = await findReportOfOrder(db, orderId);
      if (!report) return undefined;
      if (report.url !== undefined) return report.url;
      if (!report.target) return undefined;
      const token = tokenOf(orderId, secret);
      const link = { tokenHash: hashToken(token), orderId, reportId: report.id, hours: VALID_HOURS };
      await repository.saveLink(db, link);
      return `${publicUrl}/api/order/${orderId}/report/${token}`;
    },

    /** What is known of the report behind a link; throws `not_found`. */
    read: follow,

    /** Makes the report behind a link; throws `not_found`. */
    async report(follower: Follower): Promise<{ result: ReportResult; report: ReportRow }> {
      const { id } = await follow(follower);
      const result = await (follower.session?.isAdmin
        ? recovery.reportByOperator(id)
        : recovery.reportByClient(id));
      return { result, report: await follow(follower) };
    },
  };
}

export type ReportLinks = ReturnType<typeof createReportLinks>;
