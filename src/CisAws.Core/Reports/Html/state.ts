// What the reader has chosen.
import type { Status } from './model';

export interface Filter {
  query: string;
  statuses: ReadonlySet<Status>;
  section: string;
  level: string;
  severity: string;
  region: string;
  /** A control's ID; only its findings are listed. */
  control: string;
}

export const noFilter: Filter = { query: '', statuses: new Set(), section: '', level: '', severity: '', region: '', control: '' };

export const isFiltered = (f: Filter) => f.query !== '' || f.statuses.size > 0 || f.section !== '' || f.level !== '' || f.severity !== '' || f.region !== '' || f.control !== '';

export type View = 'controls' | 'resources';

export interface Sort { by: string; descending: boolean }

/** What the parts of the page ask of it. */
export interface Actions {
  setFilter(change: Partial<Filter>): void;
  setView(view: View): void;
  setAccount(account: string): void;
  /** Opens a control, and shows it even if the filter hides it. */
  open(control: string): void;
}
