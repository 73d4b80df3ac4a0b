import { PanelBuilder, TextMode } from '@grafana/grafana-foundation-sdk/text';

export interface TextOptions {
  readonly title: string;
  readonly description: string;
  /** Markdown. */
  readonly content: string;
}

/** Words in place of a panel that has nothing to ask for, such as that of a budget when there is none. */
export function text({ title, description, content }: TextOptions): PanelBuilder {
  return new PanelBuilder().title(title).description(description).mode(TextMode.Markdown).content(content);
}
