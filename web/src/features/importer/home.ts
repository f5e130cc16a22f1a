import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { choiceParam, withParam } from '@/lib/search-params.ts';
import { useCustomerFields } from '@/sync/customers.ts';
import { useProject } from '@/sync/project.tsx';
import type { Run } from './calls.ts';
import { type NewFieldType, newFieldTypes } from './mapping.ts';

/** What is imported from a page: customers are companies or people, which is said with the file. */
export const homes = ['ideas', 'insights', 'customers'] as const;

/** One of the homes of imports. */
export type Home = (typeof homes)[number];

/** What the rows of a file become. */
export type Subject = Run['subject'];

const homeParam = choiceParam(homes);

/** What the address says is imported here, and whether a text is to be pasted. */
export function useHome(): { home: Home; pastes: boolean; choose: (pastes: boolean) => void } {
  const [params, setParams] = useSearchParams();
  return {
    home: homeParam.read(params.get('of') ?? '') ?? 'ideas',
    pastes: params.get('from') === 'text',
    choose: (pastes) =>
      setParams((last) => withParam(last, 'from', pastes ? 'text' : undefined), { replace: true }),
  };
}

/** Where imports of a subject are at home. */
export function homeOf(subject: Subject): Home {
  return subject === 'companies' || subject === 'people' ? 'customers' : subject;
}

/** A field that a column can go to. */
export interface Fillable {
  id: number;
  name: string;
  type: NewFieldType;
}

/** The types that new fields of customers can have. */
const customerTypes = ['short_text', 'number', 'select', 'date'] as const satisfies readonly NewFieldType[];

/** The types that a new field of a subject can have, in the order of a menu. */
export function newTypesOf(subject: Subject): readonly NewFieldType[] {
  return subject === 'ideas' ? newFieldTypes : customerTypes;
}

/** The fields that columns can go to: those of the project, or of the customers. */
export function useFillable(subject: Subject): readonly Fillable[] {
  const { fields } = useProject();
  const ofCustomers = useCustomerFields();
  return useMemo(() => {
    if (subject === 'ideas') {
      return fields.flatMap(({ id, name, type, readOnly }) =>
        readOnly || id === undefined ? [] : [{ id, name, type: type as NewFieldType }],
      );
    }
    const wanted = subject === 'companies' ? 'company' : subject === 'people' ? 'person' : undefined;
    return ofCustomers.flatMap(({ id, name, type, of }) =>
      wanted === undefined || of === wanted ? [{ id, name, type: type as NewFieldType }] : [],
    );
  }, [subject, fields, ofCustomers]);
}
