import { readDashboard } from '../../../src/preview/web/dashboard/readDashboard.js';

test.each([[null], ['text'], [[]], [{}], [{ panels: 'x', templating: 3, time: [] }]])(
  '%j reads as a dashboard without panels',
  (json) => {
    expect(readDashboard(json)).toMatchObject({ title: 'Untitled', from: 'now-1h', to: 'now', sections: [] });
  },
);

test('rows part the panels, whether their panels are in them or after them', () => {
  const { sections } = readDashboard({
    panels: [
      { id: 1, type: 'stat' },
      { id: 2, type: 'row', title: 'Closed', collapsed: true, panels: [{ id: 3, type: 'stat' }] },
      { id: 4, type: 'row', title: 'Open', collapsed: false, panels: [] },
      { id: 5, type: 'stat' },
    ],
  });
  expect(sections.map(({ title, collapsed, panels }) => [title, collapsed, panels.map(({ id }) => id)])).toEqual([
    [undefined, false, [1]],
    ['Closed', true, [3]],
    ['Open', false, [5]],
  ]);
});

test('hidden queries and switched-off steps are left out', () => {
  const [section] = readDashboard({
    panels: [
      {
        targets: [{ expr: 'a' }, { expr: 'b', hide: true }, { expr: 'c', refId: 'Z', instant: true, format: 'table' }],
        transformations: [{ id: 'merge' }, { id: 'organize', disabled: true }],
      },
    ],
  }).sections;
  expect(section?.panels[0]?.targets).toMatchObject([
    { refId: 'A', expr: 'a', range: true, instant: false, format: 'time_series' },
    { refId: 'Z', expr: 'c', range: false, instant: true, format: 'table' },
  ]);
  expect(section?.panels[0]?.transformations).toEqual([{ id: 'merge', options: {} }]);
});

test('annotations that are switched off or ask for nothing are left out', () => {
  const { annotations } = readDashboard({
    annotations: { list: [{ expr: 'a' }, { expr: 'b', enable: false }, { builtIn: 1 }] },
  });
  expect(annotations.map(({ expr }) => expr)).toEqual(['a']);
});
