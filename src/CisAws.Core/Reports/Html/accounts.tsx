// Several accounts side by side, and what has been accepted or attested.
import { useState } from 'preact/hooks';
import { Mark } from './parts';
import { Expiry } from './details';
import {
  accountName, byControlId, number, percent, score, statusName, type Attestation, type Exemption, type Group, type Report, type Result,
} from './model';
import type { Actions } from './state';

const few = 40;

export function Matrix({ report, results, groups, actions }: { report: Report; results: readonly Result[]; groups: readonly Group[]; actions: Actions }) {
  const [all, showAll] = useState(false);
  const accounts = new Map<string, Map<number, Result>>();
  for (const r of results) {
    accounts.set(r.account, (accounts.get(r.account) ?? new Map()).set(r.control, r));
  }
  const rows = [...accounts].map(([account, own]) => ({ account, own, rate: score(report, own.values()) }))
    .sort((a, b) => a.rate.pass / (a.rate.counted || 1) - b.rate.pass / (b.rate.counted || 1) || (a.account < b.account ? -1 : 1));
  return <section class="accounts">
    <h2>Accounts <span class="dim">lowest pass rate first</span></h2>
    <div class="scroll" tabIndex={0} role="region" aria-label="Accounts and controls">
      <table class="matrix">
        <thead><tr><th scope="col">Account</th><th scope="col" class="n">Pass rate</th>{groups.map(g => <th key={g.key} scope="col" title={g.control.title}><span>{g.control.id}</span></th>)}</tr></thead>
        <tbody>{(all ? rows : rows.slice(0, few)).map(({ account, own, rate }) => <tr key={account}>
          <th scope="row"><button type="button" class="link mono" onClick={() => actions.setAccount(account)}>{account}</button><span class="name">{accountName(report, account)}</span></th>
          <td class="n">{percent(rate.pass, rate.counted)}</td>
          {groups.map(g => {
            const result = own.get(report.controls.indexOf(g.control));
            return <td key={g.key} title={result ? `${g.control.id} ${g.control.title}\n${statusName(result.status)}: ${result.reason}` : `${g.control.id} was not assessed`}
              onClick={() => { actions.setAccount(account); actions.open(g.key); }}>
              {result ? <><Mark status={result.status} /><span class="hidden">{statusName(result.status)}</span></> : <span class="hidden">Not assessed</span>}
            </td>;
          })}
        </tr>)}</tbody>
      </table>
    </div>
    {rows.length > few && !all && <button type="button" class="more" onClick={() => showAll(true)}>Show all {number(rows.length)} accounts</button>}
  </section>;
}

interface Entry { kind: string; text?: string | undefined; owner?: string | undefined; until?: string | undefined; controls: Set<string>; count: number; ticket?: string | undefined; assessedAt: string }

/** The exemptions and attestations that have an effect, with their expiry. */
export function Register({ report, results, actions }: { report: Report; results: readonly Result[]; actions: Actions }) {
  const entries = new Map<string, Entry>();
  for (const result of results) {
    for (const { exemption, attestation } of result.findings) {
      const entry = exemption ? ofExemption(exemption) : attestation ? ofAttestation(attestation) : null;
      if (entry) {
        const key = JSON.stringify([entry.kind, entry.text, entry.owner, entry.until, entry.ticket]);
        const known = entries.get(key) ?? { ...entry, controls: new Set<string>(), count: 0, assessedAt: report.runs[result.run]!.assessedAt };
        entries.set(key, known);
        known.controls.add(report.controls[result.control]!.id);
        known.count++;
      }
    }
  }
  if (entries.size === 0) {
    return null;
  }
  const sorted = [...entries.values()].sort((a, b) => (a.until ?? '') < (b.until ?? '') ? -1 : 1);
  return <section class="register">
    <h2>Exemptions and attestations</h2>
    <div class="scroll" tabIndex={0} role="region" aria-label="Exemptions and attestations"><table class="plain-table">
      <thead><tr><th scope="col">Kind</th><th scope="col">Controls</th><th scope="col">Statement</th><th scope="col">By</th><th scope="col" class="n">Resources</th><th scope="col">Valid until</th></tr></thead>
      <tbody>{sorted.map((e, i) => <tr key={i}>
        <td>{e.kind}</td>
        <td>{[...e.controls].sort(byControlId).map((c, j) => <>{j > 0 && ', '}<a href={`#${c}`} onClick={v => { v.preventDefault(); actions.open(c); }}>{c}</a></>)}</td>
        <td>{e.text}</td><td>{e.owner}{e.ticket && <span class="dim"> ({e.ticket})</span>}</td><td class="n">{number(e.count)}</td>
        <td><Expiry until={e.until} assessedAt={e.assessedAt} /></td>
      </tr>)}</tbody>
    </table></div>
  </section>;
}

const ofExemption = (e: Exemption) => ({ kind: 'Exemption', text: e.reason, owner: e.owner, until: e.expires, ticket: e.ticket });
const ofAttestation = (a: Attestation) => ({ kind: 'Attestation', text: `${a.status}: ${a.explanation ?? ''}`, owner: a.updatedBy, until: a.validUntil, ticket: a.evidence });
