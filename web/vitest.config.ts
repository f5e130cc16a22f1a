import { defineConfig, mergeConfig } from 'vitest/config';
import vite from './vite.config.ts';

export default mergeConfig(
  vite,
  defineConfig({
    test: {
      environment: 'happy-dom',
      include: ['src/**/*.test.{ts,tsx}', 'tools/*.test.ts'],
      setupFiles: ['src/lib/test-setup.ts'],
      css: { modules: { classNameStrategy: 'non-scoped' } },
      pool: 'threads',
      maxWorkers: 2,
      testTimeout: 30_000,
    },
  }),
);
