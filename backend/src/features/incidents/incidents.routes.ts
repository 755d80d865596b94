import { readIncidentReport } from '#contract/incident-reports.ts';
import { listIncidents, readIncident } from '#contract/incidents.ts';
import type { RecoverySetting } from '../../config-environment.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import { presentIncidentReport } from './incident-report.presenter.ts';
import { presentIncident, presentIncidentSummary } from './incidents.presenter.ts';
import type { Incidents } from './incidents.service.ts';
import { renderReport } from './report-markdown.ts';

interface IncidentRouteOptions {
  recovery: RecoverySetting;
  version: string;
}

export function createIncidentRoutes(incidents: Incidents, options: IncidentRouteOptions): Route[] {
  return [
    route(listIncidents).handledBy(async ({ query }) => {
      const { incidents: found, more } = await incidents.listIncidents(query);
      return { status: 200, body: { incidents: found.map(presentIncidentSummary), more } };
    }),

    route(readIncident).handledBy(async ({ params }) => ({
      status: 200,
      body: presentIncident(await incidents.readIncident(params.incidentId)),
    })),

    route(readIncidentReport).handledBy(async ({ params, accepts }) => {
      const report = presentIncidentReport(await incidents.readIncident(params.incidentId), options);
      return accepts('application/json')
        ? { status: 200, json: report }
        : { status: 200, body: renderReport(report) };
    }),
  ];
}
