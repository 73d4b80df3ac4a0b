import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

/** A label that an expression names, and the series that it is asked of: at least one of them must carry it. */
export interface LabelUse {
  readonly label: string;
  readonly series: readonly string[];
}

export interface PromqlNames {
  readonly series: readonly string[];
  readonly labels: readonly LabelUse[];
}

/** Names of series and labels in an expression, by Prometheus' own grammar. */
export function namesIn(expr: string): PromqlNames {
  const root = parser.parse(expr).topNode;
  return {
    series: seriesIn(root, expr),
    labels: all(root, 'LabelName').map((node) => ({
      label: textOf(node, expr),
      series: seriesIn(askedOf(node), expr),
    })),
  };
}

/** Whether Prometheus' grammar finds a fault in it. */
export function hasFault(expr: string): boolean {
  let fault = false;
  parser.parse(expr).iterate({ enter: ({ type }) => void (fault ||= type.isError) });
  return fault;
}

/** A matcher asks its selector; `by` its aggregation; `on` the two sides that it joins. */
function askedOf(label: SyntaxNode): SyntaxNode {
  for (let node = label.parent; node !== null; node = node.parent) {
    if (['VectorSelector', 'AggregateExpr', 'BinaryExpr'].includes(node.name)) return node;
  }
  throw new Error('a label outside of any expression');
}

function seriesIn(node: SyntaxNode, expr: string): string[] {
  return all(node, 'VectorSelector').flatMap((selector) =>
    selector.getChildren('Identifier').map((name) => textOf(name, expr)),
  );
}

function all(node: SyntaxNode, name: string): SyntaxNode[] {
  const here = node.name === name ? [node] : [];
  const below: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) below.push(...all(child, name));
  return [...here, ...below];
}

function textOf({ from, to }: SyntaxNode, expr: string): string {
  return expr.slice(from, to);
}
