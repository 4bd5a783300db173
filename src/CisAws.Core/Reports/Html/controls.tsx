// The list of controls. Their details exist only while they are open.
import { Bar, Mark, StatusLabel, moveByArrow } from './parts';
import { Details } from './details';
import {
  byControlId, count, failCount, number, percent, plural, precedence, score, severityRank, statusName, type Group, type Report,
} from './model';
import type { Actions, Sort } from './state';

interface Props {
  report: Report;
  /** Those that are listed. */
  groups: readonly Group[];
  /** Those of the whole scope, for the rates of the sections. */
  all: readonly Group[];
  open: ReadonlySet<string>; toggle(key: string): void; sort: Sort; setSort(sort: Sort): void; actions: Actions; several: boolean;
}

const columns = [['control', 'Control'], ['status', 'Status'], ['title', 'Requirement'], ['severity', 'Severity'], ['failed', 'Failing'], ['level', 'Level']] as const;

const orders: Record<string, (a: Group, b: Group) => number> = {
  control: () => 0,
  status: (a, b) => precedence.indexOf(a.status) - precedence.indexOf(b.status) || severityRank(a.control) - severityRank(b.control),
  severity: (a, b) => severityRank(a.control) - severityRank(b.control) || precedence.indexOf(a.status) - precedence.indexOf(b.status),
  title: (a, b) => a.control.title.localeCompare(b.control.title, 'en'),
  failed: (a, b) => failCount(b.results) - failCount(a.results),
  level: (a, b) => a.control.level - b.control.level,
};

export function Controls({ report, groups, all, open, toggle, sort, setSort, actions, several }: Props) {
  const order = orders[sort.by]!;
  const sorted = [...groups].sort((a, b) => (sort.descending ? -1 : 1) * (order(a, b) || byControlId(a.control.id, b.control.id)));
  const inSections = sort.by === 'control';
  const sections = inSections ? [...new Set(sorted.map(g => g.control.section))] : [''];
  return <div class="list controls" role="table" aria-label="Controls" onKeyDown={e => moveByArrow(e, '.opener')}>
    <div role="rowgroup" class="head"><div role="row" class="row">
      {columns.map(([key, name]) => <SortHeader key={key} id={key} name={name} sort={sort} setSort={setSort} />)}
    </div></div>
    {sections.map(section => {
      const own = inSections ? sorted.filter(g => g.control.section === section) : sorted;
      return <div key={section} role="rowgroup">
        {inSections && <SectionRow report={report} name={section} groups={all.filter(g => g.control.section === section)} />}
        {own.map(g => <ControlRow key={g.key} report={report} group={g} open={open.has(g.key)} toggle={toggle} actions={actions} several={several} />)}
      </div>;
    })}
  </div>;
}

export function SortHeader({ id, name, sort, setSort }: { id: string; name: string; sort: Sort; setSort(sort: Sort): void }) {
  const current = sort.by === id;
  return <div role="columnheader" class={`c-${id}`} aria-sort={current ? sort.descending ? 'descending' : 'ascending' : 'none'}>
    <button type="button" class="sorter" onClick={() => setSort({ by: id, descending: current && !sort.descending })}>{name}<span class="arrow" aria-hidden="true">{current ? sort.descending ? '↓' : '↑' : ''}</span></button>
  </div>;
}

function SectionRow({ report, name, groups }: { report: Report; name: string; groups: readonly Group[] }) {
  const results = groups.flatMap(g => g.results);
  const rate = score(report, results);
  return <div role="row" class="section"><div role="cell" aria-colspan={6}>
    <h3>{name}</h3> <Bar counts={count(results)} /> <span class="dim">{rate.counted > 0 && <>{number(rate.pass)} of {number(rate.counted)} scored pass ({percent(rate.pass, rate.counted)})</>}</span>
  </div></div>;
}

function ControlRow({ report, group, open, toggle, actions, several }: { report: Report; group: Group; open: boolean; toggle(key: string): void; actions: Actions; several: boolean }) {
  const { control, key } = group;
  const counts = count(group.results);
  const failed = failCount(group.results);
  const of = group.results.reduce((n, r) => n + r.findings.filter(f => f.status !== 'NotApplicable').length, 0);
  const attested = group.results.some(r => r.findings.some(f => f.attestation));
  const incomplete = group.status !== 'Unknown' && group.results.some(r => r.incomplete);
  return <>
    <div role="row" class={`row${open ? ' open' : ''}`} id={key} onClick={e => (e.target as Element).closest('button, a') || getSelection()?.toString() || toggle(key)}>
      <div role="cell" class="c-control">{control.id}</div>
      <div role="cell" class="c-status"><StatusLabel status={group.status}>{attested && ' (attested)'}</StatusLabel>{incomplete && <span class="flag">incomplete</span>}</div>
      <div role="cell" class="c-title">
        <button type="button" class="opener" aria-expanded={open} aria-controls={open ? `${key}-details` : undefined} onClick={() => toggle(key)}>{control.title}</button>
        {several
          ? <span class="reason tallies">{precedence.filter(s => counts[s] > 0).map(s => <span key={s}><Mark status={s} /> {number(counts[s])} {statusName(s)}</span>)}</span>
          : <span class="reason">{group.results[0]!.reason}</span>}
      </div>
      <div role="cell" class="c-severity">{severityRank(control) < 2 ? <b>{control.severity}</b> : control.severity}</div>
      <div role="cell" class="c-failed">{failed > 0
        ? <><b>{number(failed)}</b><span class="dim">/{number(of)}</span><span class="hidden"> {plural(of, 'resource')}</span></>
        : <span class="dim"><span aria-hidden="true">–</span><span class="hidden">none</span></span>}</div>
      <div role="cell" class="c-level"><span class="word">Level </span>{control.level}{!control.scored && <span class="dim unscored"> not scored</span>}</div>
    </div>
    {open && <div role="row" class="opened"><div role="cell" aria-colspan={6} id={`${key}-details`}><Details report={report} group={group} actions={actions} several={several} /></div></div>}
  </>;
}
