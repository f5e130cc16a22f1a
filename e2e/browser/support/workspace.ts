import { type APIRequestContext, expect, type Page } from '@playwright/test';

/** A value of a field, as the API takes it; a select takes the name of an option. */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly string[]
  | { readonly [part: string]: string | number };

interface Option {
  readonly id: number;
  readonly name: string;
}

interface Field {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly options?: readonly Option[];
}

interface View {
  readonly id: number;
  readonly name: string;
}

/** An idea as the API answers it, as far as journeys look at it. */
export interface Idea {
  readonly id: number;
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const jsonOf = async <T>(answer: Awaited<ReturnType<APIRequestContext['fetch']>>): Promise<T> => {
  expect(answer.ok(), `${answer.url()} answers ${answer.status()}: ${await answer.text()}`).toBe(true);
  return (await answer.json()) as T;
};

/** A project, prepared and looked at through the API with the session of a page. */
export class Project {
  private constructor(
    private readonly request: APIRequestContext,
    private readonly base: string,
    readonly id: number,
    readonly key: string,
    private readonly fields: Field[],
    private readonly views: readonly View[],
  ) {}

  /** Makes a project from the template Product discovery, Insure (INS) unless said, as the person who uses the page. */
  static async create(page: Page, name = 'Insure', key = 'INS'): Promise<Project> {
    const api = `${new URL(page.url()).origin}/api/v1`;
    const data = { name, key, template: 'product-discovery' };
    await jsonOf(await page.request.post(`${api}/projects`, { data }));
    return Project.open(page, key);
  }

  /** Takes a project that exists. */
  static async open(page: Page, key: string): Promise<Project> {
    const base = `${new URL(page.url()).origin}/api/v1`;
    const found = await jsonOf<{ id: number; fields: Field[]; views: View[] }>(
      await page.request.get(`${base}/projects/${key}`),
    );
    return new Project(page.request, base, found.id, key, found.fields, found.views);
  }

  /** The address of a view, by its name. */
  view(name: string): string {
    const view = this.views.find((each) => each.name === name);
    if (view === undefined) throw new Error(`there is no view “${name}”`);
    return `/p/${this.key}/v/${view.id}`;
  }

  /** Saves a view, for example a board; `define` gets the references of fields by their names. Returns its address. */
  async addView(define: (ref: (field: string) => string) => Record<string, unknown>): Promise<string> {
    const data = { position: 0, ...define((field) => `f${this.field(field).id}`) };
    const view = await jsonOf<View>(
      await this.request.post(`${this.base}/projects/${this.key}/views`, { data }),
    );
    return `/p/${this.key}/v/${view.id}`;
  }

  /** The id of an option of a field. */
  option(field: string, name: string): number {
    const option = this.field(field).options?.find((each) => each.name === name);
    if (option === undefined) throw new Error(`the field “${field}” has no option “${name}”`);
    return option.id;
  }

  /** Adds an idea; values go by the names of their fields. */
  async add(title: string, values: Readonly<Record<string, Value>> = {}): Promise<Idea> {
    const data = { title, values: this.values(values) };
    return jsonOf(await this.request.post(`${this.base}/projects/${this.key}/ideas`, { data }));
  }

  /** Writes an idea's description. */
  async describe(key: string, description: string): Promise<void> {
    await jsonOf(await this.request.patch(`${this.base}/ideas/${key}`, { data: { description } }));
  }

  /** Changes an idea as this person, as another program would. */
  async change(key: string, values: Readonly<Record<string, Value>>): Promise<void> {
    const data = { values: this.values(values) };
    await jsonOf(await this.request.patch(`${this.base}/ideas/${key}`, { data }));
  }

  /** Changes several ideas in one step. */
  async changeAll(keys: readonly string[], values: Readonly<Record<string, Value>>): Promise<void> {
    const ids = await Promise.all(
      keys.map(
        async (key) => (await jsonOf<{ id: number }>(await this.request.get(`${this.base}/ideas/${key}`))).id,
      ),
    );
    const data = { ids, patch: { values: this.values(values) } };
    await jsonOf(await this.request.post(`${this.base}/projects/${this.key}/ideas/bulk`, { data }));
  }

  /** The status and the text of the answer to a change that should be refused. */
  async refusal(key: string, values: Readonly<Record<string, Value>>): Promise<string> {
    const data = { values: this.values(values) };
    const answer = await this.request.patch(`${this.base}/ideas/${key}`, { data });
    return `${answer.status()} ${await answer.text()}`;
  }

  /** An idea as it is stored now. */
  async idea(key: string): Promise<Idea> {
    return jsonOf(await this.request.get(`${this.base}/ideas/${key}`));
  }

  /** What an idea has in a field now. */
  async value(key: string, field: string): Promise<unknown> {
    const { id, options } = this.field(field);
    const value = (await this.idea(key)).values[`f${id}`] ?? null;
    return options?.find((option) => option.id === value)?.name ?? value;
  }

  /** Waits until an idea has this in a field: the screen shows a change before the server has answered. */
  async expectValue(key: string, field: string, value: Value): Promise<void> {
    await expect.poll(() => this.value(key, field), { message: `${field} of ${key}` }).toEqual(value);
  }

  /** The titles of the first 500 ideas, in the order by hand. */
  async titles(): Promise<string[]> {
    const found = await jsonOf<{ rows: unknown[][] }>(
      await this.request.post(`${this.base}/projects/${this.key}/query`, {
        data: { query: {}, columns: ['title'], limit: 500 },
      }),
    );
    // A row is id, number, version, colour, archived, then the columns.
    return found.rows.map((row) => String(row[5]));
  }

  /** Makes another field; fields that were made can be named from then on. */
  async addField(definition: Readonly<Record<string, unknown>>): Promise<void> {
    const data = definition;
    const made = await jsonOf<Field>(
      await this.request.post(`${this.base}/projects/${this.key}/fields`, { data }),
    );
    this.fields.push(made);
  }

  /** Links an idea to another one, as another program would. */
  async link(from: string, type: string, to: string): Promise<void> {
    await jsonOf(await this.request.post(`${this.base}/ideas/${from}/links`, { data: { to, type } }));
  }

  /** Records an insight about ideas; its id. */
  async hear(title: string, ideas: readonly string[]): Promise<number> {
    const data = { title, ideas: ideas.map((idea) => ({ idea })) };
    const path = `${this.base}/projects/${this.key}/insights`;
    return (await jsonOf<{ id: number }>(await this.request.post(path, { data }))).id;
  }

  /** Opens a field to contributors. */
  async openToContributors(field: string): Promise<void> {
    const data = { openToContributors: true };
    await jsonOf(await this.request.patch(`${this.base}/fields/${this.field(field).id}`, { data }));
  }

  /** Decides who may see and do what: open, limited or private. */
  async access(access: 'open' | 'limited' | 'private'): Promise<void> {
    await jsonOf(await this.request.patch(`${this.base}/projects/${this.key}`, { data: { access } }));
  }

  private field(name: string): Field {
    const field = this.fields.find((each) => each.name === name);
    if (field === undefined) throw new Error(`there is no field “${name}”`);
    return field;
  }

  private values(values: Readonly<Record<string, Value>>): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const { id, type, options } = this.field(name);
        const chosen = type === 'select' ? options?.find((option) => option.name === value)?.id : undefined;
        return [`f${id}`, chosen ?? value];
      }),
    );
  }
}
