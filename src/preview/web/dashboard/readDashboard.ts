import { objectOf, objectsOf, textOf, textsOf, type Json } from '../json.js';
import type { Annotation, Dashboard, DashboardLink, Section } from './Dashboard.js';
import { readLinks, readPanel } from './readPanel.js';
import { readVariable } from './readVariable.js';

/** Reads Grafana's classic dashboard model; never throws, since all that's wrong reads as absent. */
export function readDashboard(value: unknown): Dashboard {
  const json = objectOf(value);
  const time = objectOf(json['time']);
  return {
    uid: textOf(json['uid']),
    title: textOf(json['title'], 'Untitled'),
    description: textOf(json['description']),
    from: textOf(time['from'], 'now-1h'),
    to: textOf(time['to'], 'now'),
    refresh: textOf(json['refresh']),
    sections: readSections(objectsOf(json['panels'])),
    variables: objectsOf(objectOf(json['templating'])['list']).flatMap((each) => readVariable(each) ?? []),
    annotations: objectsOf(objectOf(json['annotations'])['list'])
      .filter((each) => each['enable'] !== false && textOf(each['expr']) !== '')
      .map(readAnnotation),
    links: objectsOf(json['links']).flatMap(readDashboardLink),
  };
}

/** Splits the panels at the rows: those of a collapsed row are in it, those of an open one come after it. */
function readSections(panels: readonly Json[]): readonly Section[] {
  const sections: { title: string | undefined; collapsed: boolean; panels: Section['panels'][number][] }[] = [
    { title: undefined, collapsed: false, panels: [] },
  ];
  for (const json of panels) {
    if (json['type'] === 'row') {
      const inner = objectsOf(json['panels']).map(readPanel);
      sections.push({ title: textOf(json['title']), collapsed: json['collapsed'] === true, panels: inner });
    } else {
      sections.at(-1)?.panels.push(readPanel(json));
    }
  }
  return sections.filter(({ title, panels: own }) => title !== undefined || own.length > 0);
}

function readAnnotation(json: Json): Annotation {
  return {
    name: textOf(json['name']),
    expr: textOf(json['expr']),
    color: textOf(json['iconColor'], 'blue'),
    title: textOf(json['titleFormat']),
    text: textOf(json['textFormat']),
    step: textOf(json['step']),
    valueIsTime: json['useValueForTime'] === true,
  };
}

function readDashboardLink(json: Json): readonly DashboardLink[] {
  const shared = {
    tags: textsOf(json['tags']),
    keepTime: json['keepTime'] === true,
    includeVars: json['includeVars'] === true,
  };
  if (json['type'] === 'dashboards') {
    return [{ ...shared, type: 'dashboards', title: textOf(json['title']), url: '', newTab: false }];
  }
  return readLinks([json]).map((link) => ({ ...shared, ...link, type: 'link' }));
}
