import type { components } from '@/api/schema.d.ts';
import type { Formula } from './calls.ts';

/** A ready-made formula, whose parts are played by fields of the project. */
export type FormulaTemplate = components['schemas']['Template'];

/** A formula with the parts of its own kind only, as the server wants it. */
export function plainFormula({ kind, inputs, expression }: Formula): Formula {
  if (kind === 'expression') return { kind, expression: expression ?? '' };
  const given = inputs ?? [];
  return {
    kind,
    inputs: kind === 'sum' ? given.map(({ field }) => ({ field })) : given,
  };
}

const fold = (text: string) => text.trim().toLocaleLowerCase();

/** For each part of a template the field of that name, as far as there is one. */
export function matchRoles(
  template: FormulaTemplate,
  fields: readonly { name: string; ref: string }[],
): Record<string, string> {
  const found = (template.roles ?? []).flatMap((role) => {
    const field = fields.find((each) => fold(each.name) === fold(role.name));
    return field ? [[role.name, field.ref] as const] : [];
  });
  return Object.fromEntries(found);
}

/** The formula of a template whose parts are played by these fields. */
export function fillTemplate(
  template: FormulaTemplate,
  players: Readonly<Record<string, { name: string; ref: string }>>,
): Formula {
  const roles = template.roles ?? [];
  if (template.kind !== 'expression') {
    const inputs = roles.flatMap((role) => {
      const player = players[role.name];
      return player ? [{ field: player.ref, weight: role.weight ?? 1 }] : [];
    });
    return { kind: template.kind, inputs };
  }
  // All at once: a name put in must not be taken for a part that comes later.
  const expression = (template.expression ?? '').replace(
    /\{([^{}]+)\}/g,
    (part, name: string) => `{${players[name]?.name ?? part.slice(1, -1)}}`,
  );
  return { kind: 'expression', expression };
}
