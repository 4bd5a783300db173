// The list of findings, one a resource and control. Only the rows on the screen exist.
import { observeWindowOffset, observeWindowRect, defaultRangeExtractor, Virtualizer, windowScroll } from '@tanstack/virtual-core';
import { useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { StatusLabel } from './parts';
import { FindingDetails } from './details';
import { SortHeader } from './controls';
import { byControlId, precedence, type Item, type Report } from './model';
import type { Actions, Sort } from './state';

interface Props { report: Report; items: readonly Item[]; sort: Sort; setSort(sort: Sort): void; actions: Actions; several: boolean }

const text = (a: string | undefined, b: string | undefined) => (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0;

const orders: Record<string, (a: Item, b: Item) => number> = {
  status: (a, b) => precedence.indexOf(a.finding.status) - precedence.indexOf(b.finding.status),
  control: (a, b) => byControlId(a.control.id, b.control.id),
  resource: (a, b) => text(a.finding.id, b.finding.id),
  region: (a, b) => text(a.finding.region, b.finding.region),
  account: (a, b) => text(a.result.account, b.result.account),
};

export function Resources({ report, items, sort, setSort, actions, several }: Props) {
  const sorted = useMemo(() => {
    const order = orders[sort.by]!;
    const list = [...items].sort((a, b) => (sort.descending ? -1 : 1) * order(a, b));
    return list;
  }, [items, sort]);
  const [open, setOpen] = useState<ReadonlySet<Item>>(new Set());
  const body = useRef<HTMLDivElement>(null);
  const focused = useRef(-1);
  const margin = useRef(0);
  const [, render] = useReducer<number, void>(n => n + 1, 0);
  const [virtualizer] = useState(() => new Virtualizer<Window, Element>(options()));

  function options() {
    return {
      count: sorted.length,
      getScrollElement: () => window,
      estimateSize: () => 44,
      overscan: 12,
      scrollMargin: margin.current,
      observeElementRect: observeWindowRect,
      observeElementOffset: observeWindowOffset,
      scrollToFn: windowScroll,
      initialOffset: () => window.scrollY,
      getItemKey: (i: number) => i,
      // The row with the focus stays, wherever the page is scrolled to.
      rangeExtractor: (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const rows = defaultRangeExtractor(range);
        const at = focused.current;
        return at >= 0 && at < sorted.length && !rows.includes(at) ? [...rows, at].sort((a, b) => a - b) : rows;
      },
      onChange: () => render(),
    };
  }

  virtualizer.setOptions(options());
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  useLayoutEffect(() => {
    setOpen(new Set());
    focused.current = -1;
    virtualizer.measure();
  }, [sorted]);
  // What is above the list may have grown.
  useLayoutEffect(() => {
    const top = Math.round(body.current!.getBoundingClientRect().top + window.scrollY);
    if (margin.current !== top) {
      margin.current = top;
      render();
    }
  });

  const toggle = (item: Item) => setOpen(was => {
    const now = new Set(was);
    now.delete(item) || now.add(item);
    return now;
  });

  const move = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(window.innerHeight / 44) - 4);
    const at = Number((event.target as HTMLElement).closest<HTMLElement>('.opener')?.dataset['index'] ?? -1);
    const to = at < 0 ? -1 : { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: sorted.length - 1, PageDown: at + page, PageUp: at - page }[event.key];
    if (to === undefined || at < 0) {
      return;
    }
    event.preventDefault();
    const target = Math.max(0, Math.min(sorted.length - 1, to));
    focused.current = target;
    virtualizer.scrollToIndex(target, { align: 'auto' });
    render();
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>(`.opener[data-index="${target}"]`)?.focus({ preventScroll: Math.abs(target - at) > 1 }));
  };

  const rows = virtualizer.getVirtualItems();
  return <div class={`list resources${several ? ' several' : ''}`} role="table" aria-label="Resources" aria-rowcount={sorted.length + 1}>
    <div role="rowgroup" class="head"><div role="row" class="row" aria-rowindex={1}>
      <SortHeader id="status" name="Status" sort={sort} setSort={setSort} />
      <SortHeader id="control" name="Control" sort={sort} setSort={setSort} />
      <SortHeader id="resource" name="Resource" sort={sort} setSort={setSort} />
      <SortHeader id="region" name="Region" sort={sort} setSort={setSort} />
      {several && <SortHeader id="account" name="Account" sort={sort} setSort={setSort} />}
    </div></div>
    <div role="rowgroup" ref={body} class="rows" style={{ height: `${virtualizer.getTotalSize()}px` }} onKeyDown={move}>
      {rows.map(row => {
        const item = sorted[row.index]!;
        const opened = open.has(item);
        return <div key={row.key} data-index={row.index} ref={e => virtualizer.measureElement(e)} role="row" aria-rowindex={row.index + 2}
          class={`row${opened ? ' open' : ''}`} style={{ transform: `translateY(${row.start - margin.current}px)` }}
          onClick={e => (e.target as Element).closest('button, a, .facts') || getSelection()?.toString() || toggle(item)}>
          <div role="cell" class="c-status"><StatusLabel status={item.finding.status} /></div>
          <div role="cell" class="c-control"><a href={`#${item.control.id}`} title={item.control.title} onClick={e => { e.preventDefault(); actions.open(item.control.id); }}>{item.control.id}</a></div>
          <div role="cell" class="c-resource">
            <button type="button" class="opener mono" data-index={row.index} aria-expanded={opened} onFocus={() => { focused.current = row.index; }} onClick={() => toggle(item)}>{item.finding.id || '(no name)'}</button>
            <span class="reason">{item.finding.reason}</span>
            {opened && <FindingDetails finding={item.finding} assessedAt={report.runs[item.result.run]!.assessedAt} />}
          </div>
          <div role="cell" class="c-region">{item.finding.region ?? <span class="dim">global</span>}</div>
          {several && <div role="cell" class="c-account mono">{item.result.account}</div>}
        </div>;
      })}
    </div>
  </div>;
}
