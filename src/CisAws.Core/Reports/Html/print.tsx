// The report on paper: all that a board reads, without what only a screen can do.
import { lostAccounts, Overview } from './overview';
import { Register } from './accounts';
import { Notices, StatusLabel, Title } from './parts';
import { accountName, count, failCount, number, percent, plural, precedence, score, statuses, statusName, type Group, type Report, type Result } from './model';
import type { Actions } from './state';

const few = 10;

export interface Printed { report: Report; results: readonly Result[]; groups: readonly Group[]; all: readonly Group[]; program: number; account: string; several: boolean; actions: Actions }

export function Print({ report, results, groups, all, program, account, several, actions }: Printed) {
  // What to do about an account that could not be assessed is in the summary, and not with each of its controls.
  const lost = lostAccounts(results);
  const open = groups.filter(g => g.results.some(r => r.status !== 'Pass' && r.status !== 'NotApplicable' && !lost.has(r.account)));
  return <>
    <Title report={report} results={results} program={program} />
    <Notices report={report} />
    <Overview report={report} results={results} groups={all} program={program} account={account} actions={actions} shown={5} />
    {several && <AccountTable report={report} results={results} />}
    <Register report={report} results={results} actions={actions} />
    <section>
      <h2>Controls</h2>
      {groups.length < all.length && <p class="warning">Filtered: {number(groups.length)} of {plural(all.length, 'control')}.</p>}
      <table class="plain-table">
        <thead><tr><th scope="col">Control</th><th scope="col">Status</th><th scope="col" class="wide">Requirement</th><th scope="col" class="n">Failing</th></tr></thead>
        <tbody>{groups.map(g => <tr key={g.key}>
          <td>{g.control.id}</td><td><StatusLabel status={g.status} /></td>
          <td><b>{g.control.title}</b><br /><Reason group={g} several={several} lost={lost} /></td>
          <td class="n">{failCount(g.results) > 0 ? number(failCount(g.results)) : '–'}</td>
        </tr>)}</tbody>
      </table>
    </section>
    {open.length > 0 && <section>
      <h2>What needs attention</h2>
      {open.map(g => <article key={g.key}>
        <h3>{g.control.id} {g.control.title}</h3>
        <p><StatusLabel status={g.status} /> · {g.control.severity} · <Reason group={g} several={several} lost={lost} /></p>
        <Affected group={g} several={several} />
        {g.control.remediation && <p><b>Remediation.</b> {g.control.remediation}</p>}
      </article>)}
    </section>}
  </>;
}

function Reason({ group, several, lost }: { group: Group; several: boolean; lost: Map<string, string> }) {
  const counts = count(group.results);
  const first = group.results[0]!;
  return <>{several ? precedence.filter(s => counts[s] > 0).map(s => `${number(counts[s])} ${statusName(s)}`).join(', ') + ' by account' : lost.has(first.account) ? 'The account could not be assessed.' : first.reason}</>;
}

function Affected({ group, several }: { group: Group; several: boolean }) {
  const own = group.results.flatMap(result => result.findings.filter(f => f.status === group.status).map(finding => ({ finding, result })));
  return own.length < 2 && !several ? null : <ul class="affected">
    {own.slice(0, few).map(({ finding, result }, i) => <li key={i}><b>{finding.id}</b>{finding.region && ` (${finding.region})`}{several && ` in ${result.account}`}: {finding.reason}</li>)}
    {own.length > few && <li>and {number(own.length - few)} more, which are in the file</li>}
  </ul>;
}

const rateOf = (report: Report, results: readonly Result[]) => { const { pass, counted } = score(report, results); return pass / (counted || 1); };

function AccountTable({ report, results }: { report: Report; results: readonly Result[] }) {
  const accounts = [...new Set(results.map(r => r.account))].map(account => results.filter(r => r.account === account))
    .sort((a, b) => rateOf(report, a) - rateOf(report, b));
  return <section>
    <h2>Accounts</h2>
    <table class="plain-table">
      <thead><tr><th scope="col">Account</th><th scope="col" class="n">Pass rate</th>{statuses.map(s => <th key={s} scope="col" class="n">{statusName(s)}</th>)}</tr></thead>
      <tbody>{accounts.map(own => {
        const [rate, counts] = [score(report, own), count(own)];
        return <tr key={own[0]!.account}><th scope="row">{own[0]!.account} <span class="name">{accountName(report, own[0]!.account)}</span></th><td class="n">{percent(rate.pass, rate.counted)}</td>{statuses.map(s => <td key={s} class="n">{number(counts[s])}</td>)}</tr>;
      })}</tbody>
    </table>
  </section>;
}
