// What is known of a control in the accounts: reason, findings, what could not be read, remediation, settings, texts.
import { useState } from 'preact/hooks';
import { Code, StatusLabel, Text } from './parts';
import {
  count, day, daysBetween, number, plural, precedence, 
  type Attestation, type Control, type Exemption, type Finding, type Group, type ReadFailure, type Report, type Result, type Status,
} from './model';
import type { Actions } from './state';

/** How many findings and accounts are shown at first; the list of resources has all. */
const few = 20;

export function Details({ report, group, actions, several }: { report: Report; group: Group; actions: Actions; several: boolean }) {
  const { control } = group;
  const { settings } = group.results[0]!;
  return <div class="details">
    <div class="found">
      {several ? <Accounts report={report} group={group} actions={actions} /> : <Found report={report} result={group.results[0]!} control={control} actions={actions} />}
    </div>
    <div class="texts">
      {group.results.some(r => r.status !== 'Pass' && r.status !== 'NotApplicable') && <Remediation control={control} />}
      {settings.length > 0 && <><h4>Settings</h4><table class="settings">
        <tbody>{settings.map(s => <tr key={s.name} title={s.description}>
          <th scope="row">{s.name}</th>
          <td>{s.value ?? 'none'}{s.value !== s.default && <span class="dim"> (default {s.default ?? 'none'}; set by {s.source})</span>}</td>
        </tr>)}</tbody>
      </table></>}
      {control.description && <><h4>About this control</h4><Text text={control.description} /></>}
      {control.rationale && <details><summary>Why it matters</summary><Text text={control.rationale} /></details>}
      {control.audit && <details><summary>How it is assessed</summary><Text text={control.audit} /></details>}
      {(control.references?.length ?? 0) > 0 && <details><summary>References</summary>
        <ul class="links">{control.references!.map(r => <li key={r}><a href={r} rel="noreferrer">{r.replace(/^https:\/\//, '')}</a></li>)}</ul>
      </details>}
      <dl class="ids">
        <div><dt>Rule</dt><dd>{control.rules?.join(', ')}</dd></div>
        {control.securityHub && <div><dt>Security Hub</dt><dd>{control.securityHub.join(', ')}</dd></div>}
        {control.related && <div><dt>Other versions</dt><dd>{control.related.join(', ')}</dd></div>}
      </dl>
    </div>
  </div>;
}

/** The results of several accounts, what needs attention first. */
function Accounts({ report, group, actions }: { report: Report; group: Group; actions: Actions }) {
  const [all, showAll] = useState(false);
  const sorted = [...group.results].sort((a, b) => precedence.indexOf(a.status) - precedence.indexOf(b.status) || (a.account < b.account ? -1 : 1));
  const shown = all ? sorted : sorted.slice(0, few);
  return <>
    <h4>{plural(sorted.length, 'account')}</h4>
    {shown.map(r => <Lazy key={r.account} class="account" summary={<><StatusLabel status={r.status} /> <span class="mono">{r.account}</span> <span class="reason">{r.reason}</span></>}>
      {() => <Found report={report} result={r} control={group.control} actions={actions} />}
    </Lazy>)}
    {shown.length < sorted.length && <button type="button" class="more" onClick={() => showAll(true)}>Show all {number(sorted.length)} accounts</button>}
  </>;
}

/** A disclosure whose content exists only while it is open. */
function Lazy({ summary, children, class: name, open: initially = false }: { summary: preact.ComponentChildren; children: () => preact.ComponentChildren; class?: string; open?: boolean }) {
  const [open, setOpen] = useState(initially);
  return <details class={name} open={open} onToggle={e => setOpen(e.currentTarget.open)}><summary>{summary}</summary>{open && children()}</details>;
}

function Found({ report, result, control, actions }: { report: Report; result: Result; control: Control; actions: Actions }) {
  const counts = count(result.findings);
  const first = (s: Status) => s !== 'Pass' && s !== 'NotApplicable';
  const open = precedence.filter(s => first(s) && counts[s] > 0);
  const closed = precedence.filter(s => !first(s) && counts[s] > 0);
  const single = result.findings.length === 1;
  return <>
    {result.incomplete && <p class="warning">Incomplete: something that the status depends on could not be read.</p>}
    {result.readFailures.length > 0 && <ReadFailures failures={result.readFailures} />}
    {open.map(s => <Findings key={s} status={s} result={result} control={control} actions={actions} assessedAt={report.runs[result.run]!.assessedAt} />)}
    {closed.map(s => single
      ? <Findings key={s} status={s} result={result} control={control} actions={actions} assessedAt={report.runs[result.run]!.assessedAt} />
      : <Lazy key={s} class="others" summary={<><StatusLabel status={s} /> <span class="dim">{plural(counts[s], 'resource')}</span></>}>
        {() => <Findings status={s} result={result} control={control} actions={actions} assessedAt={report.runs[result.run]!.assessedAt} bare />}
      </Lazy>)}
    {result.findings.length === 0 && <p class="dim">There are no resources of this kind.</p>}
  </>;
}

function ReadFailures({ failures }: { failures: readonly ReadFailure[] }) {
  return <><h4>Could not be read</h4><ul class="plain">{failures.map((f, i) => <li key={i}>
    <code>{f.action}</code>{f.region && <> in {f.region}</>}{f.account && <> of account {f.account}</>}: {f.errorCode}
    {f.message && f.message !== f.errorCode && <span class="dim message">{f.message}</span>}
  </li>)}</ul></>;
}

interface FindingsProps { status: Status; result: Result; control: Control; actions: Actions; assessedAt: string; bare?: boolean }

function Findings({ status, result, control, actions, assessedAt, bare }: FindingsProps) {
  const own = result.findings.filter(f => f.status === status);
  const all = () => {
    actions.setAccount(result.account);
    actions.setFilter({ query: '', section: '', level: '', severity: '', region: '', control: control.id, statuses: new Set([status]) });
    actions.setView('resources');
  };
  return <>
    {!bare && <h4><StatusLabel status={status} /> <span class="dim">{plural(own.length, 'resource')}</span></h4>}
    <ul class="plain findings">{own.slice(0, few).map((f, i) => <li key={i}>
      <Lazy summary={<><span class="resource"><b class="mono">{f.id || '(no name)'}</b> <span class="dim">{f.region}</span></span> <span class="reason">{f.reason}</span></>}>
        {() => <FindingDetails finding={f} assessedAt={assessedAt} />}
      </Lazy>
    </li>)}</ul>
    {own.length > few && <button type="button" class="more" onClick={all}>List all {number(own.length)} resources</button>}
  </>;
}

/** What one finding is based on. */
export function FindingDetails({ finding, assessedAt }: { finding: Finding; assessedAt: string }) {
  const rows: [string, preact.ComponentChildren][] = [
    ['Type', finding.type ?? ''], ['ARN', finding.arn ? <span class="mono">{finding.arn}</span> : ''],
    ...(finding.facts ?? []),
    ...(finding.tags ?? []).map(([key, value]): [string, string] => [`Tag ${key}`, value]),
  ];
  return <div class="facts">
    {finding.exemption && <Accepted exemption={finding.exemption} assessedAt={assessedAt} />}
    {finding.attestation && <Attested attestation={finding.attestation} assessedAt={assessedAt} />}
    {finding.warnings?.map((w, i) => <p key={i} class="warning">{w}</p>)}
    <dl>{rows.filter(([, value]) => value !== '').map(([name, value], i) => <div key={i}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
  </div>;
}

export function Expiry({ until, assessedAt }: { until?: string | undefined; assessedAt: string }) {
  if (until === undefined) {
    return <span class="warn">No expiry</span>;
  }
  const days = daysBetween(assessedAt, until);
  const soon = days < 30;
  return <span class={soon ? 'warn' : ''}>{day(until)} <span class={soon ? '' : 'dim'}>({days < 0 ? 'expired' : days === 0 ? 'last day' : `in ${plural(days, 'day')}`})</span></span>;
}

const Accepted = ({ exemption: e, assessedAt }: { exemption: Exemption; assessedAt: string }) =>
  <p class="accepted"><b>Exemption</b> by {e.owner}{e.ticket && <> ({e.ticket})</>}, until <Expiry until={e.expires} assessedAt={assessedAt} />: {e.reason}</p>;

const Attested = ({ attestation: a, assessedAt }: { attestation: Attestation; assessedAt: string }) =>
  <p class="accepted"><b>Attestation</b> by {a.updatedBy} on {day(a.updated)}, valid until <Expiry until={a.validUntil} assessedAt={assessedAt} />: {a.explanation}{a.evidence && <> Evidence: {a.evidence}</>}</p>;

const ways = [['console', 'Console'], ['cli', 'AWS CLI'], ['powerShell', 'PowerShell']] as const;

function Remediation({ control }: { control: Control }) {
  const offered = ways.filter(([key]) => control[key] !== undefined);
  const [way, choose] = useState<typeof ways[number][0]>(offered.find(([key]) => key === 'cli')?.[0] ?? offered[0]?.[0] ?? 'cli');
  const id = `fix-${control.program}-${control.id}`;
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = offered[(offered.findIndex(([key]) => key === way) + step + offered.length) % offered.length]!;
      choose(next[0]);
      document.getElementById(`${id}-${next[0]}`)?.focus();
    }
  };
  return <>
    <h4>Remediation</h4>
    <Text text={control.remediation ?? ''} />
    {offered.length > 0 && <>
      <div class="tabs" role="tablist" aria-label={`Ways to remediate ${control.id}`} onKeyDown={move}>
        {offered.map(([key, name]) => <button key={key} id={`${id}-${key}`} type="button" role="tab" aria-selected={key === way} aria-controls={`${id}-steps`} tabIndex={key === way ? 0 : -1} onClick={() => choose(key)}>{name}</button>)}
      </div>
      <div id={`${id}-steps`} role="tabpanel" aria-labelledby={`${id}-${way}`}>
        {way === 'console'
          ? <ol class="steps">{control.console!.map((step, i) => <li key={i}>{step}</li>)}</ol>
          : control[way]!.map((command, i) => <Code key={way + i} text={command} what={`${way === 'cli' ? 'AWS CLI' : 'PowerShell'} command ${i + 1}`} />)}
      </div>
    </>}
  </>;
}
