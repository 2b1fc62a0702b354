import { spawnSync } from 'node:child_process';

export interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

/** Runs commands one after the other, stops at the first that fails, and closes with a count. */
export function runSteps(steps: readonly Step[]): never {
  let passed = 0;
  for (const step of steps) {
    const start = Date.now();
    console.log(`\n== ${step.name}: ${step.command.join(' ')}`);
    const [program = '', ...args] = step.command;
    const { status } = spawnSync(program, args, { stdio: 'inherit', shell: process.platform === 'win32' });
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    if (status !== 0) {
      console.log(`\n${step.name} failed after ${seconds} s\n${passed} passed, 1 failed`);
      process.exit(status ?? 1);
    }
    console.log(`== ${step.name} passed in ${seconds} s`);
    passed += 1;
  }
  console.log(`\n${passed} passed, 0 failed`);
  process.exit(0);
}

const npx = (...args: string[]): readonly string[] => ['npx', '--no-install', ...args];
const layers = ['engine', 'datasets', 'workers', 'ui', 'tools'];

export const types: readonly Step[] = layers.map((layer) => ({
  name: `types (${layer})`,
  command: npx('tsc', '-p', `tsconfig.${layer}.json`),
}));
export const lint: readonly Step[] = [
  { name: 'lint', command: npx('oxlint') },
  { name: 'format', command: npx('biome', 'format') },
];
export const unit: Step = { name: 'unit, property, contract, vectors', command: npx('vitest', 'run') };
export const build: Step = { name: 'build', command: npx('vite', 'build', '--logLevel', 'warn') };
export const browser: Step = { name: 'browser', command: npx('playwright', 'test') };
