import OpenAI6, { AzureOpenAI as Azure6 } from 'openai';
import OpenAI5, { AzureOpenAI as Azure5 } from 'openai5';
import OpenAI7, { AzureOpenAI as Azure7 } from 'openai7';

/** The versions under test. 5 and 7 are typed as 6, whose calls used here they share. */
export const SDKS: readonly {
  readonly version: string;
  readonly OpenAI: typeof OpenAI6;
  readonly AzureOpenAI: typeof Azure6;
}[] = [
  {
    version: 'openai 5',
    OpenAI: OpenAI5 as unknown as typeof OpenAI6,
    AzureOpenAI: Azure5 as unknown as typeof Azure6,
  },
  { version: 'openai 6', OpenAI: OpenAI6, AzureOpenAI: Azure6 },
  {
    version: 'openai 7',
    OpenAI: OpenAI7 as unknown as typeof OpenAI6,
    AzureOpenAI: Azure7 as unknown as typeof Azure6,
  },
];
