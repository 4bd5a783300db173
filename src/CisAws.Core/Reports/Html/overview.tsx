// The first screen: how compliant, what is worst, what could not be seen.
import { utcTicks } from 'd3-time';
import { Bar, Code, Legend, Mark } from './parts';
import {
  accountName, byControlId, count, day, failCount, number, percent, plural, score, severityRank, type Group, type ReadFailure, type Report, type Result,
} from './model';
import type { Actions } from './state';

interface Props {
  report: Report; results: readonly Result[]; groups: readonly Group[]; program: number; account: string; actions: Actions;
  /** How many failures, and actions that failed, are listed. */
  shown: number;
}

export function Overview(props: Props) {
  return <section class="overview" aria-label="Summary">
    <Compliance {...props} />
    <Failures {...props} />
    <NotSeen {...props} />
  </section>;
}

/** A control to jump to. */
const Jump = ({ id, actions, children }: { id: string; actions: Actions; children?: preact.ComponentChildren }) =>
  <a href={`#${id}`} onClick={e => { e.preventDefault(); actions.open(id); }}>{children ?? id}</a>;

function Compliance({ report, results, groups, program, account }: Props) {
  const all = score(report, results);
  const counts = count(results);
  const { size } = report.programs[program]!;
  const scored = results.length === groups.length ? 'scored control' : 'scored result';
  const sections = [...new Set(groups.map(g => g.control.section))];
  const levels = [...new Set(groups.map(g => g.control.level))].sort();
  const of = (section: string | null, level: number | null) => results.filter(r => {
    const control = report.controls[r.control]!;
    return (section === null || control.section === section) && (level === null || control.level === level);
  });
  return <div class="panel">
    <h2>Compliance</h2>
    <div class="headline">
      <p class="rate"><b>{percent(all.pass, all.counted)}</b> <span>{number(all.pass)} of {plural(all.counted, scored)} {all.counted === 1 ? 'passes' : 'pass'}</span></p>
      <Bar counts={counts} />
      <Legend counts={counts} />
      {groups.length < size && <p><b>The report contains {number(groups.length)} of the {number(size)} controls of the benchmark.</b></p>}
      {all.unknown > 0 && <p class="note">
        {plural(all.unknown, scored)} could not be decided and {all.unknown === 1 ? 'counts' : 'count'} as not passed.
        The rate is between {percent(all.pass, all.counted)} and {percent(all.pass + all.unknown, all.counted)}.
      </p>}
    </div>
    <table class="scores">
      <caption class="hidden">Scored results that pass, by section and level</caption>
      <thead><tr>
        <th scope="col">Section</th><td aria-hidden="true" /><th scope="col" class="n">Pass rate</th>
        {levels.map(l => <th key={l} scope="col" class="n">Level {l}</th>)}
      </tr></thead>
      <tbody>
        {sections.map(s => <ScoreRow key={s} name={s} report={report} all={of(s, null)} levels={levels.map(l => of(s, l))} />)}
        <ScoreRow name="All" report={report} all={results} levels={levels.map(l => of(null, l))} />
      </tbody>
    </table>
    <Trend report={report} results={results} program={program} account={account} />
  </div>;
}

function ScoreRow({ name, report, all, levels }: { name: string; report: Report; all: readonly Result[]; levels: (readonly Result[])[] }) {
  const total = score(report, all);
  return <tr>
    <th scope="row">{name}</th>
    <td class="bars" aria-hidden="true"><Bar counts={count(all)} /></td>
    <td class="n">{percent(total.pass, total.counted)}</td>
    {levels.map((l, i) => {
      const part = score(report, l);
      return <td key={i} class="n">{part.counted === 0 ? <span class="dim">–</span> : <>{number(part.pass)}<span class="dim">/{number(part.counted)}</span></>}</td>;
    })}
  </tr>;
}

/** The pass rate on each day with a run: of the latest run of each account by then. */
function Trend({ report, results, program, account }: Pick<Props, 'report' | 'results' | 'program' | 'account'>) {
  const earlier = report.earlier.filter(e => e.program === program && (account === '' || e.account === account));
  if (earlier.length === 0) {
    return null;
  }
  const now = new Map<string, { account: string; assessedAt: string; pass: number; counted: number }>();
  for (const r of results) {
    const own = now.get(r.account) ?? { account: r.account, assessedAt: report.runs[r.run]!.assessedAt, ...score(report, results.filter(o => o.account === r.account)) };
    now.set(r.account, own);
  }
  const latest = new Map<string, { pass: number; counted: number }>();
  const days = new Map<string, { at: number; rate: number; text: string }>();
  for (const run of [...earlier, ...now.values()].sort((a, b) => a.assessedAt < b.assessedAt ? -1 : 1)) {
    latest.set(run.account, run);
    const [pass, counted] = [...latest.values()].reduce(([p, c], o) => [p + o.pass, c + o.counted], [0, 0]);
    if (counted > 0) {
      days.set(run.assessedAt.slice(0, 10), { at: Date.parse(run.assessedAt), rate: 100 * pass / counted, text: `${percent(pass, counted)} on ${day(run.assessedAt)}` });
    }
  }
  const points = [...days.values()];
  const [width, height, left, right, top, bottom] = [360, 96, 4, 40, 10, 18];
  const [from, to] = extent(points.map(p => p.at));
  const [low, high] = extent(points.map(p => p.rate));
  const base = Math.max(0, Math.floor((low - 5) / 10) * 10);
  const ceiling = Math.min(100, Math.ceil((high + 5) / 10) * 10);
  const x = (at: number) => left + (width - left - right) * (to === from ? 1 : (at - from) / (to - from));
  const y = (rate: number) => top + (height - top - bottom) * (1 - (rate - base) / Math.max(1, ceiling - base));
  const ticks = utcTicks(new Date(from), new Date(to), 5);
  const inMonths = ticks.every(d => d.getUTCDate() === 1);
  const label = (d: Date) => d.toLocaleDateString('en-GB', { timeZone: 'UTC', ...(!inMonths ? { day: 'numeric', month: 'short' } : d.getUTCMonth() === 0 ? { year: 'numeric' } : { month: 'short' }) });
  const last = points[points.length - 1]!;
  return <figure class="trend">
    <figcaption>Pass rate since {day(new Date(from).toISOString())}</figcaption>
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Pass rate: ${points.map(p => p.text).join('; ')}`}>
      {[base, ceiling].map(r => <g key={r}><line class="grid" x1={left} x2={width - right} y1={y(r)} y2={y(r)} /><text x={width - right + 6} y={y(r) + 4}>{r} %</text></g>)}
      {ticks.map(d => <g key={+d}><line class="grid" x1={x(+d)} x2={x(+d)} y1={y(base)} y2={y(base) + 3} /><text x={x(+d)} y={height - 3} text-anchor={x(+d) < 24 ? 'start' : 'middle'}>{label(d)}</text></g>)}
      <path class="curve" d={`M${points.map(p => `${x(p.at)} ${y(p.rate)}`).join('L')}`} />
      {points.map((p, i) => <circle key={i} cx={x(p.at)} cy={y(p.rate)} r={p === last ? 3.5 : 2}><title>{p.text}</title></circle>)}
    </svg>
  </figure>;
}

const extent = (of: readonly number[]): [number, number] => [Math.min(...of), Math.max(...of)];

function Failures({ groups, account, actions, shown }: Props) {
  const accounts = new Set(groups.flatMap(g => g.results.map(r => r.account))).size;
  const failing = groups
    .map(group => ({ group, failed: group.results.filter(r => r.status === 'Fail') }))
    .filter(f => f.failed.length > 0)
    .map(f => ({ ...f, resources: failCount(f.group.results), of: f.failed.reduce((n, r) => n + r.findings.filter(o => o.status !== 'NotApplicable').length, 0) }))
    .sort((a, b) => severityRank(a.group.control) - severityRank(b.group.control) || b.resources - a.resources
      || +!!b.group.control.scored - +!!a.group.control.scored || a.group.control.level - b.group.control.level || byControlId(a.group.key, b.group.key));
  const most = Math.max(1, ...failing.map(f => f.resources));
  return <div class="panel">
    <h2>Largest failures</h2>
    {failing.length === 0 ? <p>{noFailure(groups)}</p> : <>
      <p class="lead"><b>{number(failing.length)}</b> of {plural(groups.length, 'control')} {failing.length === 1 ? 'fails' : 'fail'}{accounts > 1 && account === '' ? ' in at least one account' : ''}</p>
      <ol class="failures">
        {failing.slice(0, shown).map(({ group, failed, resources, of }) => <li key={group.key}>
          <Jump id={group.key} actions={actions}><span class="id">{group.key}</span> <span class="title">{group.control.title}</span></Jump>
          <span class="amount">
            <span class="meter" aria-hidden="true"><span style={{ width: `${100 * resources / most}%` }} /></span>
            <span>{severityRank(group.control) < 2 ? <b>{group.control.severity}</b> : group.control.severity} · {of > failed.length || resources > failed.length
              ? <>{number(resources)} of {plural(of, 'resource')}</>
              : accounts > 1 ? 'account-wide' : 'account-wide setting'}{accounts > 1 && account === '' ? ` · ${plural(failed.length, 'account')}` : ''}</span>
          </span>
        </li>)}
      </ol>
      {failing.length > shown && <p><a href="#results" onClick={() => { actions.setFilter({ statuses: new Set(['Fail']) }); actions.setView('controls'); }}>All {number(failing.length)} failing controls</a></p>}
    </>}
  </div>;
}

/** What is Unknown can fail too. */
function noFailure(groups: readonly Group[]): string {
  const results = groups.flatMap(g => g.results);
  const unknown = results.filter(r => r.status === 'Unknown').length;
  return unknown === 0 ? 'No control fails.' : unknown === results.length ? 'No control could be decided.' : 'No control is known to fail.';
}

/** What helps, by the kind of a read failure. */
const help: Record<string, string> = {
  AccessDenied: 'permission missing',
  ScpDenied: 'denied by an organization policy',
  ForeignOwner: 'owned by another account',
  Throttled: 'throttled by AWS; assess again',
  ServiceError: 'AWS returned an error; assess again',
  Unreachable: 'no connection; check the network and the proxy',
  NotSupported: 'the service is not offered in the region',
  RegionDisabled: 'the region is not enabled',
  Malformed: 'AWS returned an invalid response',
  CredentialsRejected: 'the credentials expired or were revoked; assess again',
  Deadline: 'the time limit was reached; assess again with more time',
  NotCollected: 'not in the recorded evidence',
};

/** The accounts of which nothing could be read, each with the reason. */
export function lostAccounts(results: readonly Result[]): Map<string, string> {
  const reasons = new Map<string, string | null>();
  for (const r of results) {
    const reason = r.status === 'Unknown' && r.readFailures.length === 0 ? r.reason ?? '' : null;
    reasons.set(r.account, !reasons.has(r.account) || reasons.get(r.account) === reason ? reason : null);
  }
  return new Map([...reasons].flatMap(([account, reason]) => reason === null ? [] : [[account, reason]]));
}

function NotSeen({ groups, results, report, actions, shown }: Props) {
  const lost = lostAccounts(results);
  const unknown = groups.filter(g => g.results.some(r => r.status === 'Unknown' && !lost.has(r.account)));
  const partial = groups.filter(g => !unknown.includes(g) && g.results.some(r => r.incomplete && !lost.has(r.account)));
  const manual = groups.filter(g => g.results.some(r => r.status === 'Manual'));
  const failures = new Map<string, { failure: ReadFailure; regions: Set<string>; controls: Set<string>; accounts: Set<string> }>();
  for (const result of results.filter(r => r.incomplete || r.status === 'Unknown')) {
    for (const failure of result.readFailures) {
      const key = failure.action + failure.kind;
      const known = failures.get(key) ?? { failure, regions: new Set(), controls: new Set(), accounts: new Set() };
      failures.set(key, known);
      failure.region && known.regions.add(failure.region);
      known.controls.add(report.controls[result.control]!.id);
      known.accounts.add(result.account);
    }
  }
  const list = [...failures.values()].sort((a, b) => b.controls.size - a.controls.size || (a.failure.action < b.failure.action ? -1 : 1));
  const elsewhere = lost.size > 0 ? ' in other accounts' : '';
  const denied = [...new Set(list.filter(f => f.failure.kind === 'AccessDenied').map(f => f.failure.action))].sort();
  return <div class="panel">
    <h2>Could not be seen</h2>
    {lost.size + unknown.length + partial.length === 0 && <p class="lead">Everything that the controls depend on could be read.</p>}
    {lost.size > 0 && <p class="lead"><b>{number(lost.size)}</b> {lost.size === 1 ? 'account' : 'accounts'} could not be assessed</p>}
    {unknown.length > 0 && <p class="lead">
      <b>{number(unknown.length)}</b> {unknown.length === 1 ? 'control is' : 'controls are'} Unknown{elsewhere}{partial.length > 0 && <>; {number(partial.length)} {partial.length === 1 ? 'is' : 'are'} decided in part</>}
    </p>}
    {unknown.length === 0 && partial.length > 0 && <p class="lead"><b>{number(partial.length)}</b> {partial.length === 1 ? 'control is' : 'controls are'} decided in part{elsewhere}</p>}
    {lost.size > 0 && <ul class="unseen">
      {[...lost].slice(0, shown).map(([account, reason]) => <li key={account}><b class="mono">{account}</b> {accountName(report, account)} <span class="why">{reason}</span></li>)}
      {lost.size > shown && <li class="dim">{number(lost.size - shown)} more: see the accounts</li>}
    </ul>}
    {list.length > 0 && <ul class="unseen">
      {list.slice(0, shown).map(({ failure, regions, controls, accounts }) => <li key={failure.action + failure.kind}>
        <span class="what"><code>{failure.action}</code> <span class="for"><span class="hidden">of control </span>{[...controls].sort(byControlId).map((c, i) => <>{i > 0 && ', '}<Jump id={c} actions={actions} /></>)}</span></span>
        <span class="why">{help[failure.kind] ?? failure.kind}{regions.size > 0 && <> · {[...regions].slice(0, 3).join(', ')}{regions.size > 3 && ` and ${regions.size - 3} more`}</>}{accounts.size > 1 && <> · {plural(accounts.size, 'account')}</>}</span>
      </li>)}
      {list.length > shown && <li class="dim">{number(list.length - shown)} more: see the controls</li>}
    </ul>}
    {denied.length > 0 && <details class="policy">
      <summary>The permissions that would help</summary>
      <p>Attach this policy to the role of the assessment. <code>Get-CisPolicy</code> returns the policy for all controls.</p>
      <Code what="IAM policy" text={JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: denied, Resource: '*' }] }, null, 2)} />
    </details>}
    {manual.length > 0 && <p class="manual"><Mark status="Manual" /> {plural(manual.length, 'control')} {manual.length === 1 ? 'needs' : 'need'} a manual review: {manual.map((g, i) => <>{i > 0 && ', '}<Jump id={g.key} actions={actions} /></>)}</p>}
  </div>;
}
