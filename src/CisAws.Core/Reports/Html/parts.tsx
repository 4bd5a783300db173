// The small parts that the views share.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import { accountName, number, plural, statuses, statusName, time, type Counts, type Report, type Result, type Status } from './model';

/** A shape for each status, so that none depends on colour. */
const shapes: Record<Status, JSX.Element> = {
  Pass: <><circle cx="8" cy="8" r="7" class="solid" /><path d="M4.8 8.3l2.2 2.2 4.2-4.7" class="cut" /></>,
  Fail: <><rect x="1.5" y="1.5" width="13" height="13" rx="2" class="solid" /><path d="M5.2 5.2l5.6 5.6m0-5.6l-5.6 5.6" class="cut" /></>,
  Unknown: <><path d="M8 .8L15.2 8 8 15.2.8 8z" class="line" /><path d="M6.3 6.5c0-2.2 3.4-2.2 3.4 0 0 1.3-1.7 1.3-1.7 2.6m0 1.5v.6" class="line" /></>,
  Manual: <><circle cx="8" cy="8" r="6.5" class="line" /><circle cx="8" cy="8" r="2.4" class="solid" /></>,
  Exempt: <><circle cx="8" cy="8" r="6.5" class="line" /><path d="M3.5 12.5l9-9" class="line" /></>,
  NotApplicable: <path d="M3 8h10" class="line" />,
};

export const Mark = ({ status }: { status: Status }) =>
  <svg class={`mark s-${status}`} viewBox="0 0 16 16" aria-hidden="true">{shapes[status]}</svg>;

export const StatusLabel = ({ status, children }: { status: Status; children?: ComponentChildren }) =>
  <span class={`status s-${status}`}><Mark status={status} /> <span>{statusName(status)}{children}</span></span>;

/** The counts of each status as a bar. Its text is beside it, so it is hidden from screen readers. */
export const Bar = ({ counts }: { counts: Counts }) => {
  const shown = statuses.filter(s => counts[s] > 0);
  return <span class="bar" aria-hidden="true">
    {shown.map(s => <span key={s} class={`part b-${s}`} style={{ flexGrow: counts[s] }} title={`${number(counts[s])} ${statusName(s)}`} />)}
  </span>;
};

export const Legend = ({ counts }: { counts: Counts }) => <ul class="legend">
  {statuses.filter(s => counts[s] > 0).map(s => <li key={s}><Mark status={s} /> <b>{number(counts[s])}</b> {statusName(s)}</li>)}
</ul>;

function copyText(text: string): Promise<void> {
  // A page that was opened from a mail or an archive may have no right to the clipboard.
  return navigator.clipboard?.writeText(text).catch(() => copySelection(text)) ?? copySelection(text);
}

function copySelection(text: string): Promise<void> {
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done ? Promise.resolve() : Promise.reject(new Error('The browser does not allow copying.'));
}

/** A button that copies a text and says so. */
export function Copy({ text, what }: { text: string; what: string }) {
  const [said, say] = useState('');
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const timer = said === '' ? undefined : setTimeout(() => say(''), 2000);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () => copyText(text).then(() => say('Copied'), () => say('Select and copy')).then(() => button.current?.focus());
  return <button ref={button} type="button" class="copy" onClick={copy}>
    <span aria-live="polite">{said || 'Copy'}</span><span class="hidden"> {what}</span>
  </button>;
}

/** A text that can be copied: a command, a policy. */
export const Code = ({ text, what }: { text: string; what: string }) => <div class="code">
  <pre tabindex={0} aria-label={what}><code>{text}</code></pre>
  <Copy text={text} what={what} />
</div>;

/** Lets arrow keys move between the rows of a list, from button to button. */
export function moveByArrow(event: KeyboardEvent, selector: string) {
  const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>(selector)];
  const at = buttons.indexOf(event.target as HTMLElement);
  const to = at < 0 ? -1 : { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key] ?? -1;
  if (to >= 0 && buttons[to]) {
    event.preventDefault();
    buttons[to].focus();
  }
}

/** A text with its paragraphs. */
export const Text = ({ text }: { text: string }) => <>{text.split(/\r?\n\r?\n/).map((p, i) => <p key={i}>{p}</p>)}</>;

/** What the report is about. */
export function Title({ report, results, program }: { report: Report; results: readonly Result[]; program: number }) {
  const { title, name, version, benchmark } = report.programs[program]!;
  const accounts = [...new Set(results.map(r => r.account))];
  const runs = results.map(r => report.runs[r.run]!);
  return <div>
    <h1>{title}</h1>
    <p>
      {accounts.length === 1 ? <>Account <b class="mono">{accounts[0]}</b> {accountName(report, accounts[0]!)}</> : <b>{plural(accounts.length, 'account')}</b>}
      {' · '}assessed {span(runs.map(r => r.assessedAt))}
      {runs.some(r => r.collectedAt !== r.assessedAt) && <> · evidence of {span(runs.map(r => r.collectedAt))}</>}
      {name !== benchmark && <> · program <b>{name}</b> {version}</>}
    </p>
  </div>;
}

/** From the first to the last of some times. */
function span(times: readonly string[]) {
  const sorted = [...new Set(times.map(time))];
  return sorted.length <= 1 ? sorted[0] : [...times].sort().filter((_, i, all) => i === 0 || i === all.length - 1).map(time).join(' to ');
}

/** What the reader must know first, such as that the run ended early. */
export const Notices = ({ report }: { report: Report }) => <>{report.notices?.map((n, i) => <p key={i} class="banner"><Mark status="Unknown" /> <b>{n}</b></p>)}</>;
