type Child = Node | string | undefined;

export interface Properties {
  readonly class?: string | undefined;
  /** CSS properties, custom ones included. Set through the object model, which the content policy allows. */
  readonly style?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
}

/** An element. Texts become text nodes, so that nothing in them is ever markup. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties | string = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  const {
    class: names,
    style,
    attributes,
    on,
  }: Properties = typeof properties === 'string' ? { class: properties } : properties;
  if (names !== undefined) element.className = names;
  for (const [name, value] of Object.entries(style ?? {})) element.style.setProperty(name, value);
  for (const [name, value] of Object.entries(attributes ?? {})) element.setAttribute(name, value);
  for (const [name, listener] of Object.entries(on ?? {})) element.addEventListener(name, listener);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}
