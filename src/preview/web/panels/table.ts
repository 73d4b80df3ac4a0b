import { styleFields, type StyledField, type StyledFrame } from '../field/styleFields.js';
import { labelsToFields } from '../transform/labelsToFields.js';
import { compareCells } from '../transform/sortBy.js';
import { lengthOf } from '../frames/Frame.js';
import { numberOf, objectsOf, textOf } from '../json.js';
import { h } from '../ui/h.js';
import { alignment } from './alignment.js';
import { isHiddenField } from './isHiddenField.js';
import type { PanelInput, PanelRenderer } from './PanelInput.js';
import { tableCell } from './tableCell.js';

const MOST_ROWS = 500;

/** Rows and columns; a click on a column's name sorts by it. */
export const table: PanelRenderer = (host, input) => {
  const frame = frameOf(input);
  const columns = frame.fields.filter((field) => !isHiddenField(field));
  const sort = input.memory.sort ?? givenSort(input);
  const rows = sortedRows(frame, columns, sort);
  const height = textOf(input.panel.options['cellHeight'], 'sm');
  const head = h('tr', {}, ...columns.map((field) => headCell(field, sort, input)));
  const body = rows
    .slice(0, MOST_ROWS)
    .map((row) => h('tr', {}, ...columns.map((field) => tableCell(frame, field, row, input))));
  host.append(
    h(
      'div',
      `table table-${height}`,
      h(
        'table',
        {},
        input.panel.options['showHeader'] === false ? undefined : h('thead', {}, head),
        h('tbody', {}, ...body),
      ),
      rows.length > MOST_ROWS ? h('div', 'muted', `The first ${MOST_ROWS} of ${rows.length} rows.`) : undefined,
    ),
  );
  return () => undefined;
};

/** A table shows one frame; several series become the rows of one. */
function frameOf({ frames, panel, scope }: PanelInput): StyledFrame {
  const [first] = frames;
  if (first === undefined) return { refId: 'A', fields: [] };
  const index = numberOf(panel.options['frameIndex']) ?? 0;
  const isSeries = frames.length > 1 && frames.every(({ fields }) => fields.length === 2);
  if (!isSeries) return frames[index] ?? first;
  return styleFields(labelsToFields(frames, {}), panel.fieldConfig, scope)[0] ?? first;
}

interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

function givenSort({ panel }: PanelInput): Sort | undefined {
  const [first] = objectsOf(panel.options['sortBy']);
  return first && { column: textOf(first['displayName']), descending: first['desc'] === true };
}

function sortedRows(frame: StyledFrame, columns: readonly StyledField[], sort: Sort | undefined): readonly number[] {
  const rows = Array.from({ length: lengthOf(frame) }, (_, index) => index);
  const by = columns.find(({ title }) => title === sort?.column);
  if (by === undefined || sort === undefined) return rows;
  const direction = sort.descending ? -1 : 1;
  return rows.sort((a, b) => compareCells(by.values[a] ?? null, by.values[b] ?? null, direction));
}

function headCell(field: StyledField, sort: Sort | undefined, input: PanelInput): HTMLElement {
  const isSorted = sort?.column === field.title;
  const toggle = (): void => {
    input.memory.sort = { column: field.title, descending: isSorted ? !sort.descending : field.type === 'number' };
    input.redraw();
  };
  const arrow = isSorted ? h('span', 'muted', sort.descending ? ' ↓' : ' ↑') : undefined;
  const width = numberOf(field.options.custom['width']);
  return h(
    'th',
    { class: alignment(field), style: width === undefined ? {} : { width: `${width}px` } },
    h('button', { class: 'sort', attributes: { type: 'button' }, on: { click: toggle } }, field.title, arrow),
  );
}
