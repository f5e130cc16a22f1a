import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const binary = process.env.CAIRN_BIN ?? fileURLToPath(new URL('../../../bin/cairn', import.meta.url));
const patience = 30_000;
const execute = promisify(execFile);

const addressLine = /Cairn is at (http:\/\/\S+)/;
const setupLine = /Set up: (http:\/\/\S+)/;

/** One run of the program: its process, and the lines it prints for its operator. */
class Run {
  readonly process: ChildProcess;
  readonly exited: Promise<string>;
  private output = '';
  private readonly listeners = new Set<() => void>();

  constructor(args: readonly string[]) {
    this.process = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      if (stream === null) throw new Error('the server has no output to read');
      createInterface({ input: stream }).on('line', (line) => {
        this.output += `${line}\n`;
        for (const listener of this.listeners) listener();
      });
    }
    this.exited = new Promise((resolve) => {
      this.process.once('error', (error) => resolve(`could not start ${binary}: ${error.message}`));
      this.process.once('exit', (code, signal) => resolve(`ended with ${signal ?? `exit code ${code}`}`));
    });
  }

  /** Waits until a line matches and returns its first group. */
  async line(pattern: RegExp): Promise<string> {
    let listener = () => {};
    let timer: NodeJS.Timeout | undefined;
    try {
      return await Promise.race([
        new Promise<string>((resolve) => {
          listener = () => {
            const found = pattern.exec(this.output)?.[1];
            if (found !== undefined) resolve(found);
          };
          this.listeners.add(listener);
          listener();
        }),
        this.exited.then((how) => {
          throw new Error(`the server ${how} before it printed ${pattern}\n${this.output}`);
        }),
        new Promise<never>((_, reject) => {
          timer = setTimeout(
            () => reject(new Error(`the server did not print ${pattern}\n${this.output}`)),
            patience,
          );
        }),
      ]);
    } finally {
      clearTimeout(timer);
      this.listeners.delete(listener);
    }
  }

  get printed(): string {
    return this.output;
  }
}

/** The built program with a data directory of its own, on a free port. */
export class Server {
  private constructor(
    private run: Run,
    /** Address without a slash at the end, for example http://127.0.0.1:40123. */
    readonly url: string,
    readonly dataDir: string,
  ) {}

  /** Starts a server on an empty data directory and waits until it answers; flags go to `cairn serve`. */
  static async start(flags: readonly string[] = []): Promise<Server> {
    const dataDir = await mkdtemp(join(tmpdir(), 'cairn-journey-'));
    const run = new Run(['serve', '--addr', '127.0.0.1:0', '--data', dataDir, ...flags]);
    try {
      return new Server(run, await run.line(addressLine), dataDir);
    } catch (error) {
      run.process.kill('SIGKILL');
      await rm(dataDir, { recursive: true, force: true });
      throw error;
    }
  }

  /** Returns the one-time link that creates the administrator. */
  setupLink(): Promise<string> {
    return this.run.line(setupLine);
  }

  /** Runs another command of the program on this server's data and returns what it printed. */
  async cairn(...args: readonly string[]): Promise<string> {
    const { stdout } = await execute(binary, args, {
      env: { ...process.env, CAIRN_DATA: this.dataDir },
      timeout: patience,
    });
    return stdout;
  }

  /** Ends the process as a power cut would and starts it again on the same port and data. */
  async crash(): Promise<void> {
    await this.end('SIGKILL');
    this.run = new Run(['serve', '--addr', new URL(this.url).host, '--data', this.dataDir]);
    await this.run.line(addressLine);
  }

  /** Everything the current process has printed. */
  get printed(): string {
    return this.run.printed;
  }

  /** Ends the process and removes its data; safe to call when it has ended already. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { process } = this.run;
    if (process.exitCode !== null || process.signalCode !== null || process.pid === undefined) return;
    const gone = once(process, 'exit');
    process.kill(signal);
    const timer = setTimeout(() => process.kill('SIGKILL'), patience);
    await gone;
    clearTimeout(timer);
  }
}
