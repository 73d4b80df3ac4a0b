import { fileURLToPath } from 'node:url';

/** The folder of package.json: compose file and provisioning lie in it. */
export const PACKAGE_ROOT = fileURLToPath(new URL('../../..', import.meta.url));
