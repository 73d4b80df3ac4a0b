import { readAddress } from './app/Address.js';
import { DashboardPage } from './app/DashboardPage.js';
import { homePage } from './app/homePage.js';
import { fetchDashboard, fetchListing } from './app/Server.js';
import { applyTheme, initialTheme } from './app/theme.js';
import { readDashboard } from './dashboard/readDashboard.js';
import { h } from './ui/h.js';
import { closePickersOutside } from './ui/multiSelect.js';

const root = document.documentElement;
const prefix = root.dataset['prefix'] ?? '';
const address = (): ReturnType<typeof readAddress> => readAddress(location.pathname, location.search, prefix);

async function start(): Promise<void> {
  const { uid, theme: asked } = address();
  const theme = initialTheme(asked);
  applyTheme(theme);
  closePickersOutside();
  if (uid === '') {
    document.body.append(homePage(await fetchListing(prefix), prefix));
    root.dataset['state'] = 'idle';
    return;
  }
  const [listing, json] = await Promise.all([fetchListing(prefix), fetchDashboard(prefix, uid)]);
  const dashboard = readDashboard(json);
  document.title = `${dashboard.title} (preview)`;
  const page = new DashboardPage({ dashboard, listing, prefix, address: address(), theme });
  document.body.append(page.element);
  window.addEventListener('popstate', () => {
    page.show(address());
  });
  await page.refresh();
}

start().catch((error: unknown) => {
  document.body.append(h('p', 'problem', error instanceof Error ? error.message : String(error)));
  root.dataset['state'] = 'idle';
});
