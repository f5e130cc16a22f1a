import type { components } from '@/api/schema.d.ts';
import { type MessageId, t } from '@/lib/i18n.ts';
import {
  derivedTypeNames,
  type FieldInfo,
  type FieldTypeName,
  fieldTypeNames,
  type IdeaType,
  type Ref,
  type Role,
} from './types.ts';

/** The attributes every idea has, beside its project's fields. */
const builtins: readonly { ref: string; type: FieldTypeName; name: MessageId; writable?: true }[] = [
  { ref: 'title', type: 'short_text', name: 'field.title', writable: true },
  { ref: 'key', type: 'short_text', name: 'field.key' },
  { ref: 'createdAt', type: 'time', name: 'field.createdAt' },
  { ref: 'createdBy', type: 'person', name: 'field.createdBy' },
  { ref: 'updatedAt', type: 'time', name: 'field.updatedAt' },
  { ref: 'updatedBy', type: 'person', name: 'field.updatedBy' },
  { ref: 'type', type: 'select', name: 'field.type', writable: true },
  { ref: 'parent', type: 'parent', name: 'field.parent', writable: true },
  { ref: 'children', type: 'number', name: 'field.children' },
  { ref: 'insights', type: 'number', name: 'field.insights' },
  { ref: 'links', type: 'number', name: 'field.links' },
  { ref: 'comments', type: 'number', name: 'field.comments' },
  { ref: 'archived', type: 'checkbox', name: 'field.archived' },
];

/** The built-in attributes as fields; the types of ideas are the options of one of them. */
export function builtinFields(types: readonly IdeaType[] = []): FieldInfo[] {
  const options = types.map(({ id, name, color }) => ({ id, name, color }));
  return builtins.map(({ ref, type, name, writable }, at) => ({
    ref,
    type,
    name: t(name),
    options: ref === 'type' ? options : [],
    position: at - builtins.length,
    ...(writable ? {} : { readOnly: true }),
  }));
}

/** A project's own field, from its form on the wire. */
export function fieldInfo(field: components['schemas']['Field']): FieldInfo {
  const { options, type, ...rest } = field;
  const known = fieldTypeNames.find((name) => name === type) ?? 'short_text';
  return {
    ...rest,
    type: known,
    options: options ?? [],
    ...(derivedTypeNames.includes(known) ? { readOnly: true } : {}),
  };
}

const ranks: readonly Role[] = ['none', 'viewer', 'contributor', 'editor', 'admin'];

/** Whether a role includes another. */
export function hasRole(role: Role, least: Role): boolean {
  return ranks.indexOf(role) >= ranks.indexOf(least);
}

/** Whether somebody with that role may write a field of an idea. */
export function mayEdit(field: FieldInfo, role: Role): boolean {
  if (field.readOnly) return false;
  return hasRole(role, 'editor') || (hasRole(role, 'contributor') && field.openToContributors === true);
}

/** Whether somebody with that role may change what a view shows; a locked one is for project admins. */
export function mayChangeView(view: { locked?: boolean }, role: Role): boolean {
  return hasRole(role, view.locked ? 'admin' : 'editor');
}

/** Why a field cannot be written by this person, and who can; undefined when it can. Nobody has a role in what was. */
export function lockReason(field: FieldInfo, role: Role): string | undefined {
  if (mayEdit(field, role)) return undefined;
  if (role === 'none') return t('field.locked.past');
  if (field.type === 'formula') return t('field.locked.formula', { field: field.name });
  if (field.type === 'votes') return t('field.votes.counted');
  if (field.type === 'evidence') return t('field.evidence.counted');
  if (field.readOnly) return t('field.locked.builtin', { field: field.name });
  return t(role === 'contributor' ? 'field.locked.contributor' : 'field.locked.viewer', {
    field: field.name,
  });
}

/** Names a summary of the children's values: children.sum.f17. */
export function childrenRef(op: string, field: Ref): Ref {
  return `children.${op}.${field}`;
}

/** A summary of the children's values as a field, for cells and names; undefined for other references. */
export function childrenField(ref: Ref, field: (ref: Ref) => FieldInfo | undefined): FieldInfo | undefined {
  const [, op, of] = /^children\.(sum|average|min|max|filled)\.(.+)$/.exec(ref) ?? [];
  const inner = of === undefined ? undefined : field(of);
  if (!inner) return undefined;
  const name = t(`field.children.${op as 'sum' | 'average' | 'min' | 'max' | 'filled'}`, {
    field: inner.name,
  });
  const days = (op === 'min' || op === 'max') && (inner.type === 'date' || inner.type === 'time');
  return {
    ref,
    name,
    type: days ? 'date' : 'number',
    options: [],
    position: inner.position,
    readOnly: true,
    ...(inner.number && op !== 'filled' ? { number: inner.number } : {}),
  };
}
