// The results as HtmlReport writes them into the page, and what follows from them.

export const statuses = ['Pass', 'Fail', 'Unknown', 'Manual', 'Exempt', 'NotApplicable'] as const;
export type Status = typeof statuses[number];

/** What needs attention first: the order in which statuses decide. */
export const precedence: readonly Status[] = ['Fail', 'Unknown', 'Manual', 'Exempt', 'Pass', 'NotApplicable'];

export const statusName = (status: Status) => status === 'NotApplicable' ? 'Not applicable' : status;

/** What is empty is absent. */
export interface Report {
  /** The accounts with a name that is known, by their IDs. */
  accountNames?: Pair[];
  version: string;
  created: string;
  /** What is missing in the report. */
  notices?: string[];
  programs: Program[];
  controls: Control[];
  runs: Run[];
  results: Result[];
  earlier: EarlierRun[];
}

export interface Program {
  name: string;
  version?: string;
  benchmark: string;
  /** The title that the benchmark was published under. */
  title: string;
  /** How many controls the benchmark has; 0 if that is not known. */
  size: number;
}

export interface Control {
  id: string;
  program: number;
  title: string;
  section: string;
  level: number;
  scored?: true;
  severity: string;
  rules?: string[];
  description?: string;
  rationale?: string;
  audit?: string;
  remediation?: string;
  console?: string[];
  cli?: string[];
  powerShell?: string[];
  /** The IDs of the AWS Security Hub controls for it. */
  securityHub?: string[];
  /** The controls of other versions of the benchmark that the same rules decide. */
  related?: string[];
  references?: string[];
}

export interface Run { assessedAt: string; collectedAt: string; calls?: number }
export interface Setting { name: string; value?: string; source: string; default?: string; description?: string }
export interface ReadFailure { action: string; region?: string; errorCode?: string; kind: string; message?: string; account?: string }
export interface Exemption { reason?: string; owner?: string; ticket?: string; expires?: string }
export interface Attestation { status: string; explanation?: string; updated: string; updatedBy?: string; validUntil: string; evidence?: string }

export interface Result {
  /** An index of controls. */
  control: number;
  /** An index of runs. */
  run: number;
  account: string;
  status: Status;
  code?: string;
  reason?: string;
  incomplete?: true;
  settings: Setting[];
  readFailures: ReadFailure[];
  findings: Finding[];
}

export interface Finding {
  status: Status;
  type?: string;
  id: string;
  arn?: string;
  region?: string;
  code?: string;
  reason?: string;
  facts?: Pair[];
  warnings?: string[];
  tags?: Pair[];
  exemption?: Exemption;
  attestation?: Attestation;
}

export type Pair = [name: string, value: string];

/** The name of an account; empty if it is not known. */
export const accountName = (report: Report, account: string): string => report.accountNames?.find(([id]) => id === account)?.[1] ?? '';

/** The counts of a run that is older than the one that the report is about. */
export interface EarlierRun { program: number; account: string; assessedAt: string; pass: number; counted: number }

/** A finding with what it is a finding of. */
export interface Item { finding: Finding; result: Result; control: Control; text?: string }

/** A control with its results: one an account. */
export interface Group { control: Control; key: string; results: Result[]; status: Status; text?: string }

export type Counts = Record<Status, number>;

export const count = (of: Iterable<{ status: Status }>): Counts => {
  const counts: Counts = { Pass: 0, Fail: 0, Unknown: 0, Manual: 0, Exempt: 0, NotApplicable: 0 };
  for (const { status } of of) {
    counts[status]++;
  }
  return counts;
};

export const worst = (of: Iterable<{ status: Status }>): Status => {
  const counts = count(of);
  return precedence.find(s => counts[s] > 0) ?? 'NotApplicable';
};

/** The pass rate: scored Pass of scored Pass, Fail, Exempt and Unknown. What is Unknown lowers it. */
export interface Score { pass: number; counted: number; unknown: number }

export function score(report: Report, results: Iterable<Result>): Score {
  const sum = { pass: 0, counted: 0, unknown: 0 };
  for (const r of results) {
    if (report.controls[r.control]!.scored && r.status !== 'Manual' && r.status !== 'NotApplicable') {
      sum.counted++;
      sum.pass += +(r.status === 'Pass');
      sum.unknown += +(r.status === 'Unknown');
    }
  }
  return sum;
}

/** A rate in percent, with one decimal; never 100 or 0 by rounding. */
export const percent = (part: number, whole: number): string => {
  if (whole === 0) {
    return 'no rate';
  }
  const rate = Math.round(1000 * part / whole) / 10;
  const shown = rate === 100 && part < whole ? 99.9 : rate === 0 && part > 0 ? 0.1 : rate;
  return `${shown.toFixed(1)}\u00a0%`;
};

export const plural = (n: number, one: string, many = one + 's') => `${number(n)} ${n === 1 ? one : many}`;

const grouped = new Intl.NumberFormat('en-US');
export const number = (n: number) => grouped.format(n);

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const timeFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
export const day = (iso: string) => dayFormat.format(new Date(iso));
export const time = (iso: string) => `${day(iso)}, ${timeFormat.format(new Date(iso))} UTC`;

/** Whole days from one day to another, both UTC. */
export const daysBetween = (from: string, to: string) => Math.floor(Date.parse(to.slice(0, 10)) / 864e5) - Math.floor(Date.parse(from.slice(0, 10)) / 864e5);

const numbers = (id: string) => id.split('.').map(Number);

/** Orders control IDs by their numbers: 1.9 before 1.10. */
export const byControlId = (a: string, b: string): number => {
  const [x, y] = [numbers(a), numbers(b)];
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const difference = (x[i] ?? -1) - (y[i] ?? -1);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
};

export const severities = ['Critical', 'High', 'Medium', 'Low', 'Informational'];
export const severityRank = (control: Control) => severities.indexOf(control.severity);

export const failCount = (results: readonly Result[]) => results.reduce((n, r) => n + count(r.findings).Fail, 0);

/** The results of the scope, a group a control, in the order of the benchmark. */
export function group(report: Report, results: readonly Result[]): Group[] {
  const groups = new Map<number, Result[]>();
  for (const result of results) {
    const known = groups.get(result.control);
    known ? known.push(result) : groups.set(result.control, [result]);
  }
  return [...groups]
    .map(([index, own]) => ({ control: report.controls[index]!, key: report.controls[index]!.id, results: own, status: worst(own) }))
    .sort((a, b) => byControlId(a.control.id, b.control.id));
}

/** All findings of the scope. */
export function items(report: Report, results: readonly Result[]): Item[] {
  return results.flatMap(result => result.findings.map(finding => ({ finding, result, control: report.controls[result.control]! })));
}

/** What a search looks in. Computed when it is first needed. */
export const itemText = (item: Item): string => item.text ??= [
  item.control.id, item.control.title, item.finding.id, item.finding.arn, item.finding.type, item.finding.region, item.finding.reason, item.finding.code,
  item.result.account, ...(item.finding.facts ?? []).flat(), ...(item.finding.warnings ?? []),
  ...(item.finding.tags ?? []).flat(), item.finding.exemption?.owner, item.finding.exemption?.reason, item.finding.exemption?.ticket,
].join('\n').toLowerCase();

export const groupText = (group: Group): string => group.text ??= [
  group.control.id, group.control.title, group.control.section, group.control.description, ...(group.control.rules ?? []), ...(group.control.securityHub ?? []),
  ...group.results.flatMap(r => [r.account, r.reason, r.code, ...r.readFailures.map(f => f.action)]),
].join('\n').toLowerCase();

export const words = (query: string) => query.toLowerCase().split(/\s+/).filter(w => w !== '');
export const hasAll = (text: string, wanted: readonly string[]) => wanted.every(w => text.includes(w));
