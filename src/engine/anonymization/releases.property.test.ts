import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadTechnique } from '../kernels.ts';
import { contentDigest } from '../kit/canonical.ts';
import { quietContext } from '../kit/context.ts';
import { EngineError } from '../kit/errors.ts';
import type { AnyTechniqueModule } from '../kit/kernels.ts';
import { type ParamRecord, parseParams } from '../kit/params.ts';
import type { Release, TableRelease } from '../kit/release.ts';
import { type Rng, seededRng } from '../rng/rng.ts';
import { cellText, lengthOf, type Table } from '../table/table.ts';
import { randomDataset, randomParams } from '../testing/random-dataset.ts';
import { tinyRelease } from '../testing/tiny-dataset.ts';
import { descriptors } from './list.ts';
import { verifyClasses } from './verify.ts';

/** Whatever the table, the roles, the hierarchies and the parameters: a typed error, or a release that keeps its word. */

const runs = process.env['EPSILON_FULL'] === '1' ? 10_000 : 300;

/** One technique with parameters; the ids and values are in the message when something fails. */
interface Step {
  readonly module: AnyTechniqueModule;
  readonly params: ParamRecord;
}

async function randomStep(rng: Rng, columns: readonly string[]): Promise<Step> {
  const id = descriptors[rng.int(descriptors.length)]?.id ?? '';
  const module = await loadTechnique(id);
  const params = randomParams(rng, module.descriptor.params, columns);
  return { module, params };
}

/** The release, or undefined where a typed error says why there is none. Any other error fails. */
async function attempt({ module, params }: Step, input: Release, seed: number): Promise<TableRelease | undefined> {
  expect(parseParams(module.descriptor.params, params).ok).toBe(true);
  try {
    const release = await module.run(input, params, quietContext(seededRng(seed)));
    return release.kind === 'table' ? release : undefined;
  } catch (error) {
    if (!(error instanceof EngineError) || error.code === 'internal') throw error;
    expect(error.message).toMatch(/^[^A-Z]/);
    expect(error.remedy ?? '').not.toBe('');
    return undefined;
  }
}

/** What a release says besides the data it was made from. */
function released({ dataset: _dataset, ...rest }: TableRelease): unknown {
  return rest;
}

/** Identifiers that nobody chose to keep for a purpose must be gone wherever k-anonymity is claimed. */
function leftIdentifiers({ dataset, table }: TableRelease, steps: readonly Step[]): readonly string[] {
  const { columns, parts } = dataset.descriptor;
  const ids = steps.map(({ module }) => module.descriptor.id);
  // Pseudonyms and record numbers stand for them; suppression leaves out exactly the columns it is told.
  if (ids.some((id) => ['pseudonyms', 'k-m-anonymity', 'suppression'].includes(id))) return [];
  const used = [JSON.stringify(steps.map(({ params }) => params)), JSON.stringify([parts.place, parts.time])].join();
  return columns
    .filter(({ name, role }) => role === 'identifier' && !used.includes(JSON.stringify(name)))
    .filter(({ name }) => table.columns.some((column) => column.name === name))
    .map(({ name }) => name);
}

function checkRelease(release: TableRelease, steps: readonly Step[]): void {
  const { table, rowOf, classOf, suppressed, guarantee } = release;
  expect(verifyClasses(release, guarantee).map(({ en }) => en)).toEqual([]);
  expect(rowOf).toHaveLength(table.rows);
  for (const column of table.columns) expect(lengthOf(column)).toBe(table.rows);
  if (classOf !== undefined) expect(classOf).toHaveLength(table.rows);
  expect([...suppressed]).toEqual([...new Set(suppressed)].sort((a, b) => a - b));
  expect(rowOf.length + suppressed.length).toBeLessThanOrEqual(release.dataset.table.rows);
  if (guarantee.kind === 'k-anonymity') expect(leftIdentifiers(release, steps)).toEqual([]);
  if (guarantee.kind === 'none') expect(guarantee.why).not.toBe('');
}

const textsOf = (table: Table): unknown =>
  table.columns.map((column) => [column.name, Array.from({ length: table.rows }, (_, row) => cellText(column, row))]);

/** Methods that leave a table alone that keeps their promise already, where their levels are not set by hand. */
const IDEMPOTENT = new Set(['suppression', 'generalization', 'full-domain', 'local-suppression']);

async function checkAgain({ module, params }: Step, release: TableRelease, seed: number): Promise<void> {
  const levels = params['levels'];
  const byHand = typeof levels === 'object' && Object.keys(levels).length > 0;
  const sampled = params['population'] !== undefined && params['population'] !== 'none';
  if (!IDEMPOTENT.has(module.descriptor.id) || byHand || sampled) return;
  const again = await attempt({ module, params }, release, seed);
  if (again === undefined) return;
  expect(again.suppressed).toEqual(release.suppressed);
  expect(textsOf(again.table)).toEqual(textsOf(release.table));
}

describe('releases of random tables', () => {
  it(`keep what they promise, or a typed error says why there is none (${runs} tables)`, {
    timeout: 3_600_000,
  }, async () => {
    const made = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const rng = seededRng(`releases/${seed}`);
        const dataset = randomDataset(rng);
        const columns = dataset.table.columns.map(({ name }) => name);
        const steps = [await randomStep(rng, columns)];
        if (rng.int(4) === 0) steps.push(await randomStep(rng, columns));
        let input: Release = tinyRelease(dataset);
        const told = steps.map(({ module, params }) => `${module.descriptor.id} ${JSON.stringify(params)}`).join('\n');
        try {
          for (const step of steps) {
            const release = await attempt(step, input, seed);
            if (release === undefined) return;
            const { id } = step.module.descriptor;
            made.set(id, (made.get(id) ?? 0) + 1);
            checkRelease(release, steps);
            const twin = await attempt(step, input, seed);
            expect(twin === undefined ? '' : contentDigest(released(twin))).toBe(contentDigest(released(release)));
            await checkAgain(step, release, seed);
            input = release;
          }
        } catch (error) {
          throw new Error(`seed ${seed}:\n${told}`, { cause: error });
        }
      }),
      { numRuns: runs, endOnFailure: true },
    );
    const total = [...made.values()].reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(runs / 3);
    if (runs >= 3000) for (const { id } of descriptors) expect(made.get(id) ?? 0, id).toBeGreaterThan(20);
  });
});
