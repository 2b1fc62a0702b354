import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';

/**
 * `npm run datasets -- [--list] [--base URL] [--into DIR] [id[:when]...]`: downloads official files into ./data, to be
 * dropped on the page. The app itself never talks to these hosts.
 */

export interface Download {
  readonly id: string;
  readonly what: string;
  /** Meaning of the part after the colon, and what is taken without one. */
  readonly when?: { readonly form: string; readonly pattern: RegExp; readonly usual: string };
  readonly url: (when: string) => string;
  readonly file: (when: string) => string;
}

const MONTH = { form: 'YYYY-MM', pattern: /^20\d\d-(0[1-9]|1[0-2])$/, usual: '2024-01' };
const TLC = 'https://d37ci6vzurychx.cloudfront.net';
const SANTANDER = 'https://datos.santander.es/api/rest/datasets';

const tlc = (service: string, what: string): Download => ({
  id: service,
  what: `TLC ${what} of one month (Parquet)`,
  when: MONTH,
  url: (when) => `${TLC}/trip-data/${service}_tripdata_${when}.parquet`,
  file: (when) => `${service}_tripdata_${when}.parquet`,
});

/** Every official file there is a reader for. */
export const downloads: readonly Download[] = [
  tlc('yellow', 'yellow taxi trips'),
  tlc('green', 'green taxi trips'),
  tlc('fhv', 'for-hire vehicle trips'),
  tlc('fhvhv', 'app-hailed trips'),
  {
    id: 'zones',
    what: 'TLC taxi zone lookup (CSV)',
    url: () => `${TLC}/misc/taxi_zone_lookup.csv`,
    file: () => 'taxi_zone_lookup.csv',
  },
  {
    id: 'citibike',
    what: 'Citi Bike rides of Jersey City of one month (ZIP: unpack it, drop the CSV)',
    when: MONTH,
    url: (when) => `https://s3.amazonaws.com/tripdata/JC-${when.replace('-', '')}-citibike-tripdata.csv.zip`,
    file: (when) => `JC-${when.replace('-', '')}-citibike-tripdata.csv.zip`,
  },
  {
    id: 'speeds',
    what: 'NYC DOT traffic speeds, the newest N readings (CSV)',
    when: { form: 'N', pattern: /^[1-9]\d{0,6}$/, usual: '50000' },
    url: (when) => `https://data.cityofnewyork.us/resource/i4gi-tjb9.csv?$order=data_as_of%20DESC&$limit=${when}`,
    file: (when) => `dot_traffic_speeds_${when}.csv`,
  },
  {
    id: 'santander-environment',
    what: 'Santander environmental sensors, now (JSON)',
    url: () => `${SANTANDER}/sensores_smart_env_monitoring.json?items=1000`,
    file: () => 'sensores_smart_env_monitoring.json',
  },
  {
    id: 'santander-traffic',
    what: 'Santander traffic loops, now (JSON)',
    url: () => `${SANTANDER}/mediciones.json?items=1000`,
    file: () => 'mediciones.json',
  },
  {
    id: 'london-air',
    what: 'London Air: NO2 at Marylebone Road of one year (JSON)',
    when: { form: 'YYYY', pattern: /^(19|20)\d\d$/, usual: '2023' },
    url: (when) =>
      `https://api.erg.ic.ac.uk/AirQuality/Data/SiteSpecies/SiteCode=MY1/SpeciesCode=NO2/StartDate=01%20Jan%20${when}/EndDate=01%20Jan%20${Number(when) + 1}/Json`,
    file: (when) => `london_air_MY1_NO2_${when}.json`,
  },
];

export interface Request {
  readonly download: Download;
  readonly when: string;
}

/** Meaning of "green:2025-11". @throws Error naming what is possible. */
export function requestOf(argument: string): Request {
  const [id, when] = argument.split(':', 2);
  const download = downloads.find((each) => each.id === id);
  if (download === undefined)
    throw new Error(`no dataset "${id}"; there are ${downloads.map((each) => each.id).join(', ')} (see --list)`);
  if (when !== undefined && download.when === undefined) throw new Error(`"${id}" takes nothing after a colon`);
  const value = when ?? download.when?.usual ?? '';
  if (download.when !== undefined && !download.when.pattern.test(value))
    throw new Error(`"${argument}": expected ${id}:${download.when.form}, for example ${id}:${download.when.usual}`);
  return { download, when: value };
}

export interface FetchOptions {
  readonly into: string;
  /** Takes the place of the portal's scheme and host (a mirror, or a test server). */
  readonly base?: string | undefined;
  readonly progress: (line: string) => void;
}

const CONNECT_TRIES = 3;

/**
 * Downloads one file: into `<file>.part`, continued where an earlier try stopped, renamed when complete.
 * @returns path and size. @throws Error in plain words.
 */
export async function fetchDataset(request: Request, options: FetchOptions): Promise<{ path: string; bytes: number }> {
  const { download, when } = request;
  const official = new URL(download.url(when));
  const url = options.base === undefined ? official : new URL(`${official.pathname}${official.search}`, options.base);
  mkdirSync(options.into, { recursive: true });
  const path = join(options.into, download.file(when));
  if (existsSync(path)) {
    options.progress(`${path} is already there (${inMiB(statSync(path).size)})`);
    return { path, bytes: statSync(path).size };
  }
  const part = `${path}.part`;
  const have = existsSync(part) ? statSync(part).size : 0;
  const response = await connect(url, have);
  if (response.status === 416 && have > 0) {
    // Nothing is left to fetch: the last run was stopped between the last byte and the renaming.
    renameSync(part, path);
    return { path, bytes: have };
  }
  if (!response.ok || response.body === null) throw new Error(refusal(url, response.status, download));
  const resumed = response.status === 206 && have > 0;
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  const total = (resumed ? have : 0) + length;
  if (resumed) options.progress(`${download.file(when)}: continuing at ${inMiB(have)}`);
  const bytes = await store(response.body, part, resumed ? have : 0, total, download.file(when), options.progress);
  if (Number.isFinite(total) && bytes !== total)
    throw new Error(`${url.href}: ended after ${bytes} of ${total} bytes; run the command again to continue`);
  renameSync(part, path);
  options.progress(`${path} (${inMiB(bytes)})`);
  return { path, bytes };
}

async function connect(url: URL, have: number): Promise<Response> {
  const headers: Record<string, string> = have > 0 ? { range: `bytes=${have}-` } : {};
  let last: unknown;
  for (let attempt = 1; attempt <= CONNECT_TRIES; attempt += 1) {
    try {
      return await fetch(url, { headers: { ...headers, 'accept-encoding': 'identity' } });
    } catch (error) {
      last = error;
    }
  }
  const cause = last instanceof Error && last.cause instanceof Error ? last.cause.message : String(last);
  throw new Error(`${url.host} cannot be reached (${cause}); check the network, or give a mirror with --base URL`);
}

function refusal(url: URL, status: number, download: Download): string {
  if (status === 403 || status === 404) {
    const hint =
      download.when === undefined
        ? ''
        : `; try another ${download.when.form} (new months appear about two months late)`;
    return `${url.href}: there is no such file (${status})${hint}`;
  }
  return `${url.href}: the portal answered ${status}; try again later`;
}

async function store(
  body: ReadableStream<Uint8Array>,
  part: string,
  have: number,
  total: number,
  name: string,
  progress: (line: string) => void,
): Promise<number> {
  const out = createWriteStream(part, { flags: have > 0 ? 'a' : 'w' });
  let bytes = have;
  let shown = -1;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.length;
      if (!out.write(value)) await once(out, 'drain');
      const step = Number.isFinite(total) ? Math.floor((bytes / total) * 10) : Math.floor(bytes / 8_388_608);
      if (step !== shown) {
        shown = step;
        progress(`${name}: ${inMiB(bytes)}${Number.isFinite(total) ? ` of ${inMiB(total)}` : ''}`);
      }
    }
  } catch {
    throw new Error(`${name}: the connection was lost after ${bytes} bytes; run the command again to continue`);
  } finally {
    out.end();
    await once(out, 'close');
  }
  return bytes;
}

const inMiB = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`;

/** Text of `--list`. */
export function listing(): string {
  const lines = downloads.map((each) => {
    const id = each.when === undefined ? each.id : `${each.id}:${each.when.form}`;
    return `${id.padEnd(24)}${each.what}${each.when === undefined ? '' : ` [${each.when.usual}]`}`;
  });
  return ['npm run datasets -- [--base URL] [--into DIR] id...', '', ...lines].join('\n');
}

/** Runs the command; returns the exit code. */
export async function main(
  args: readonly string[],
  print: (line: string) => void,
  complain: (line: string) => void,
): Promise<number> {
  const ids: string[] = [];
  let base: string | undefined;
  let into = resolve('data');
  let list = args.length === 0;
  for (let i = 0; i < args.length; i += 1) {
    const argument = args[i] as string;
    const value = args[i + 1];
    if (argument === '--list' || argument === '--help') {
      list = true;
    } else if (argument === '--base' || argument === '--into') {
      if (value === undefined) {
        complain(`${argument} needs a value`);
        return 1;
      }
      if (argument === '--base') base = value;
      else into = resolve(value);
      i += 1;
    } else {
      ids.push(argument);
    }
  }
  if (base !== undefined && !URL.canParse(base)) {
    complain(`--base ${base}: expected a URL such as http://localhost:8080`);
    return 1;
  }
  if (list) print(listing());
  let failed = 0;
  for (const id of ids) {
    try {
      await fetchDataset(requestOf(id), { into, base, progress: print });
    } catch (error) {
      failed += 1;
      complain(error instanceof Error ? error.message : String(error));
    }
  }
  return failed === 0 ? 0 : 1;
}

const script = process.argv[1];
if (script !== undefined && import.meta.url === pathToFileURL(script).href) {
  process.exitCode = await main(process.argv.slice(2), console.log, console.error);
}
