// The page: reads the results that are in it, and shows what the reader chooses of them.
import { render } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Matrix, Register } from './accounts';
import { Controls } from './controls';
import { Overview } from './overview';
import { Mark, Notices, Title } from './parts';
import { Print, type Printed } from './print';
import { Resources } from './resources';
import {
  accountName, count, group, groupText, hasAll, itemText, items, number, plural, severities, statuses, statusName, time, words, type Report, type Status,
} from './model';
import { isFiltered, noFilter, type Actions, type Filter, type Sort, type View } from './state';

const report = JSON.parse(document.getElementById('results')!.textContent!) as Report;

/** What would be printed now. */
let printed: Printed;

function App() {
  const [program, setProgram] = useState(0);
  const [account, setAccount] = useState('');
  const [filter, setWholeFilter] = useState<Filter>(noFilter);
  const [view, setView] = useState<View>('controls');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [controlSort, setControlSort] = useState<Sort>({ by: 'control', descending: false });
  const [resourceSort, setResourceSort] = useState<Sort>({ by: 'status', descending: false });
  const [target, setTarget] = useState('');
  const list = useRef<HTMLElement>(null);

  const ofProgram = useMemo(() => report.results.filter(r => report.controls[r.control]!.program === program), [program]);
  const results = useMemo(() => ofProgram.filter(r => account === '' || r.account === account), [ofProgram, account]);
  const groups = useMemo(() => group(report, results), [results]);
  const all = useMemo(() => items(report, results), [results]);
  const accounts = useMemo(() => [...new Set(ofProgram.map(r => r.account))].sort(), [ofProgram]);
  const regions = useMemo(() => [...new Set(all.flatMap(i => i.finding.region ?? []))].sort(), [all]);
  const several = accounts.length > 1 && account === '';

  const setFilter = (change: Partial<Filter>) => setWholeFilter(f => ({ ...f, ...change }));
  const toggle = (key: string) => setOpen(was => {
    const now = new Set(was);
    now.delete(key) || now.add(key);
    return now;
  });
  const openControl = (id: string) => {
    if (groups.some(g => g.key === id) || report.controls.some(c => c.id === id)) {
      setWholeFilter(noFilter);
      setView('controls');
      setOpen(was => new Set(was).add(id));
      setTarget(id);
    }
  };
  const actions: Actions = {
    setFilter,
    setView: v => { setView(v); requestAnimationFrame(() => list.current?.scrollIntoView()); },
    setAccount,
    open: openControl,
  };

  useEffect(() => {
    const follow = () => openControl(decodeURIComponent(location.hash.slice(1)));
    follow();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  useLayoutEffect(() => {
    const row = target === '' ? null : document.getElementById(target);
    if (row) {
      row.scrollIntoView({ block: 'start' });
      row.querySelector<HTMLElement>('.opener')?.focus({ preventScroll: true });
      history.replaceState(null, '', `#${target}`);
      setTarget('');
    }
  }, [target]);

  // The status, the section and the level are those of the control in one view, and of the resource in the other.
  const wanted = words(filter.query);
  const ofControl = (c: typeof report.controls[number]) => (filter.section === '' || c.section === filter.section) && (filter.level === '' || String(c.level) === filter.level)
    && (filter.severity === '' || c.severity === filter.severity)    && (filter.control === '' || c.id === filter.control);
  const ofRegion = (region: string | undefined) => filter.region === '' || (region ?? 'global') === filter.region;
  const itemsByFinding = useMemo(() => new Map(all.map(i => [i.finding, i])), [all]);
  const itemOf = (f: typeof all[number]['finding']) => itemsByFinding.get(f)!;
  const matching = useMemo(() => groups.filter(g => ofControl(g.control)
    && (filter.region === '' || g.results.some(r => r.findings.some(f => ofRegion(f.region))))
    && (wanted.length === 0 || hasAll(groupText(g), wanted) || g.results.some(r => r.findings.some(f => hasAll(itemText(itemOf(f)), wanted))))), [groups, filter]);
  const matchingItems = useMemo(() => view === 'resources' || wanted.length > 0
    ? all.filter(i => ofControl(i.control) && ofRegion(i.finding.region) && (wanted.length === 0 || hasAll(itemText(i), wanted)))
    : [], [all, filter, view]);
  const counts = view === 'controls' ? count(matching) : count(matchingItems.map(i => i.finding));
  const has = (s: Status) => filter.statuses.size === 0 || filter.statuses.has(s);
  const listedGroups = useMemo(() => matching.filter(g => has(g.status)), [matching, filter]);
  const listedItems = useMemo(() => matchingItems.filter(i => has(i.finding.status)), [matchingItems, filter]);
  printed = { report, results, groups: listedGroups, all: groups, program, account, several, actions };

  return <>
    <a class="skip" href="#results" onClick={e => { e.preventDefault(); list.current?.scrollIntoView(); list.current?.querySelector('input')?.focus(); }}>Skip to the results</a>
    <Header results={results} accounts={accounts} account={account} setAccount={setAccount} program={program} setProgram={p => { setProgram(p); setAccount(''); setWholeFilter(noFilter); }} />
    <main>
      <Notices report={report} />
      <Overview report={report} results={results} groups={groups} program={program} account={account} actions={actions} shown={7} />
      {accounts.length > 1 && <Matrix report={report} results={ofProgram} groups={groups} actions={actions} />}
      <Register report={report} results={results} actions={actions} />
      <section ref={list} id="results" class="results">
        <h2 class="hidden">Results</h2>
        <div class="filters" role="search">
          <div class="switch" role="group" aria-label="View">
            <button type="button" aria-pressed={view === 'controls'} onClick={() => setView('controls')}>Controls</button>
            <button type="button" aria-pressed={view === 'resources'} onClick={() => setView('resources')}>Resources</button>
          </div>
          <input type="search" aria-label="Search" placeholder="Search (/)" value={filter.query} onInput={e => setFilter({ query: e.currentTarget.value })} />
          <Choice label="Section" value={filter.section} options={[...new Set(groups.map(g => g.control.section))]} choose={v => setFilter({ section: v })} />
          <Choice label="Level" value={filter.level} options={[...new Set(groups.map(g => String(g.control.level)))].sort()} name={l => `Level ${l}`} choose={v => setFilter({ level: v })} />
          <Choice label="Severity" value={filter.severity} options={severities.filter(s => groups.some(g => g.control.severity === s))} choose={v => setFilter({ severity: v })} />
          {regions.length > 0 && <Choice label="Region" value={filter.region} options={['global', ...regions]} choose={v => setFilter({ region: v })} />}
          {filter.control !== '' && <button type="button" class="chip" onClick={() => setFilter({ control: '' })}>Control {filter.control} <span aria-hidden="true">×</span><span class="hidden">remove</span></button>}
          {isFiltered(filter) && <button type="button" class="link" onClick={() => setWholeFilter(noFilter)}>Clear</button>}
          <div class="chips" role="group" aria-label="Status">
            {statuses.filter(s => counts[s] > 0 || filter.statuses.has(s)).map(s => <button key={s} type="button" class={`chip s-${s}`} aria-pressed={filter.statuses.has(s)}
              onClick={() => { const now = new Set(filter.statuses); now.delete(s) || now.add(s); setFilter({ statuses: now }); }}><Mark status={s} /> {statusName(s)} <b>{number(counts[s])}</b></button>)}
          </div>
          <p class="shown" role="status">{view === 'controls'
            ? <>{listedGroups.length === groups.length ? plural(groups.length, 'control') : `${number(listedGroups.length)} of ${plural(groups.length, 'control')}`}
              {wanted.length > 0 && matchingItems.length > 0 && <>, <button type="button" class="link" onClick={() => setView('resources')}>{plural(matchingItems.length, 'resource')}</button></>}</>
            : <>{listedItems.length === all.length ? plural(all.length, 'resource') : `${number(listedItems.length)} of ${plural(all.length, 'resource')}`}</>}</p>
        </div>
        {view === 'controls'
          ? listedGroups.length > 0 && <Controls report={report} groups={listedGroups} all={groups} open={open} toggle={toggle} sort={controlSort} setSort={setControlSort} actions={actions} several={several} />
          : listedItems.length > 0 && <Resources report={report} items={listedItems} sort={resourceSort} setSort={setResourceSort} actions={actions} several={several} />}
      </section>
    </main>
    <Footer />
  </>;
}

function Choice({ label, value, options, name = v => v, choose }: { label: string; value: string; options: readonly string[]; name?: (value: string) => string; choose(value: string): void }) {
  return <select aria-label={label} value={value} onChange={e => choose(e.currentTarget.value)}>
    <option value="">{value === '' ? label : `${label}: all`}</option>
    {options.map(o => <option key={o} value={o}>{name(o)}</option>)}
  </select>;
}

function Header({ accounts, account, setAccount, program, setProgram, results }: {
  accounts: readonly string[]; account: string; setAccount(v: string): void; program: number; setProgram(v: number): void; results: Report['results'];
}) {
  const [theme, setTheme] = useState('auto');
  useLayoutEffect(() => { document.documentElement.dataset['theme'] = theme; }, [theme]);
  return <header class="top">
    <Title report={report} results={results} program={program} />
    <div class="tools">
      {report.programs.length > 1 && <Select label="Program" value={String(program)} options={report.programs.map((p, i) => [String(i), p.name])} choose={v => setProgram(Number(v))} />}
      {accounts.length > 1 && <Select label="Account" value={account} options={[['', `All ${accounts.length} accounts`], ...accounts.map((a): [string, string] => [a, `${a} ${accountName(report, a)}`.trim()])]} choose={setAccount} />}
      <Select label="Theme" value={theme} options={[['auto', 'Theme: system'], ['light', 'Theme: light'], ['dark', 'Theme: dark']]} choose={setTheme} />
      <button type="button" class="tool" onClick={() => print()}>Print</button>
    </div>
  </header>;
}

const Select = ({ label, value, options, choose }: { label: string; value: string; options: readonly (readonly [string, string])[]; choose(value: string): void }) =>
  <select aria-label={label} value={value} onChange={e => choose(e.currentTarget.value)}>{options.map(([v, text]) => <option key={v} value={v}>{text}</option>)}</select>;

function Footer() {
  const runs = report.runs;
  const calls = runs.reduce((n, r) => n + (r.calls ?? 0), 0);
  return <footer>
    <p>Created {time(report.created)} by CisAws {report.version} from {plural(runs.length, 'run')}{calls > 0 && <> with {plural(calls, 'call')} to AWS</>}. What could not be read is Unknown; it is never shown as passed.</p>
    <p>CisAws is not affiliated with the Center for Internet Security or with Amazon Web Services.</p>
  </footer>;
}

function Empty() {
  return <main class="top"><div><h1>CIS AWS Foundations Benchmark</h1><Notices report={report} /><p>The report contains no results.</p></div></main>;
}

document.title = `${report.programs[0]?.title ?? 'CIS AWS Foundations Benchmark'}: ${[...new Set(report.results.map(r => r.account))].slice(0, 3).join(', ')}`;
const root = document.getElementById('page')!;
root.textContent = '';
render(report.results.length > 0 ? <App /> : <Empty />, root);

const paper = document.createElement('main');
paper.id = 'paper';
document.body.append(paper);
addEventListener('beforeprint', () => render(report.results.length > 0 ? <Print {...printed} /> : <Empty />, paper));
addEventListener('afterprint', () => render(null, paper));
addEventListener('keydown', e => {
  if (e.key === '/' && !(e.target as Element).closest('input, select, textarea')) {
    e.preventDefault();
    document.querySelector<HTMLInputElement>('input[type=search]')?.focus();
  }
});
