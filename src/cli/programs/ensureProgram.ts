import { MissingServiceError, messageOf } from '../../errors.js';
import { fetchPackages } from './fetchPackages.js';
import { findExecutable, findProgram, programCache, type Environment } from './findProgram.js';
import { DOWNLOAD_PAGE, PROGRAM_NAMES, PROGRAMS, type ProgramName } from './names.js';

/**
 * The absolute path of a program: found by {@link findProgram}, else unpacked into the cache from the packages of a
 * Debian-like system, without installing them. All programs that are missing come in one go. Safe when several
 * processes do it at once; takes five minutes at most.
 *
 * @throws MissingServiceError when it is neither here nor to be fetched.
 */
export async function ensureProgram(
  name: ProgramName,
  say: (line: string) => void,
  env: Environment = process.env,
): Promise<string> {
  const found = findProgram(name, env);
  if (found !== undefined) return found;
  if (!hasPackages(env)) throw missing(name, 'was not found on the PATH');

  const wanted = PROGRAM_NAMES.filter((each) => findProgram(each, env) === undefined);
  const folder = programCache(env);
  say(`fetching ${wanted.join(', ')} from this system's packages into ${folder} (once; nothing is installed)`);
  try {
    await fetchPackages(wanted, folder, env);
  } catch (error) {
    throw missing(name, `could not be fetched (${messageOf(error)})`, error);
  }
  const fetched = findProgram(name, env);
  if (fetched === undefined) throw missing(name, "is not in this system's packages");
  say(`fetched ${wanted.join(', ')}`);
  return fetched;
}

function hasPackages(env: Environment): boolean {
  const folders = (env['PATH'] ?? '').split(':');
  return ['apt-get', 'dpkg-deb'].every((file) => findExecutable([file], folders) !== undefined);
}

function missing(name: ProgramName, why: string, cause?: unknown): MissingServiceError {
  const { files } = PROGRAMS[name];
  return new MissingServiceError(
    `${name} ${why}; get it from ${DOWNLOAD_PAGE} and put ${files[0]} on the PATH, or name its folder in PROMPTMETER_PROGRAMS`,
    { cause },
  );
}
