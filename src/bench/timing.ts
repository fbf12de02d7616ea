export interface Line {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly ratio?: number;
}

/** Milliseconds that work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function format(lines: readonly Line[]): string {
  return lines
    .map(({ what, peer, value, unit, ratio }) => {
      const name = peer ? `${what}: ${peer}` : what;
      return `${name.padEnd(64)} ${value.toFixed(1).padStart(9)} ${unit}${ratio === undefined ? '' : `   x${ratio.toFixed(2)}`}`;
    })
    .join('\n');
}
