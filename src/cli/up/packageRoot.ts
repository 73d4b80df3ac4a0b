import { fileURLToPath } from 'node:url';

/** The folder of package.json: compose file, provisioning and the built command line lie in it. */
export const PACKAGE_ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The built command line, for parts that are commands of Promptmeter itself. */
export const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));
