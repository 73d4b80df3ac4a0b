/**
 * Prints what is shipped as a CycloneDX bill of materials. `npm sbom --omit=dev` would leave out packages that a
 * development dependency needs too (npm 11), so all are asked for and those for development alone are taken out here.
 */
import { execFileSync } from 'node:child_process';

const args = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--loglevel=error'];
const bom = JSON.parse(execFileSync('npm', args, { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 }));

const forDevelopment = ({ properties = [] }) =>
  properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');

bom.components = bom.components.filter((component) => !forDevelopment(component));
const kept = new Set([bom.metadata.component['bom-ref'], ...bom.components.map((component) => component['bom-ref'])]);
bom.dependencies = bom.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => kept.has(each)) }));

console.log(JSON.stringify(bom, null, 2));
