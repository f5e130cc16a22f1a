import type { ParamCodec } from '@/lib/search-params.ts';
import type { Filter, SortKey } from '@/sync/types.ts';

/** A filter in the address, and in requests; "" for none. */
export const filterParam: ParamCodec<Filter> = {
  read: (text) => {
    try {
      const read: unknown = JSON.parse(text);
      return typeof read === 'object' && read !== null && !Array.isArray(read) ? read : undefined;
    } catch {
      return undefined;
    }
  },
  write: (filter) => (Object.keys(filter).length === 0 ? '' : JSON.stringify(filter)),
};

/** An order in the address, and in requests: "-insights,name". */
export const sortParam: ParamCodec<readonly SortKey[]> = {
  read: (text) => {
    const keys = text.split(',').filter((key) => key.replace(/^-/, '') !== '');
    if (keys.length === 0) return undefined;
    return keys.map((key) => (key.startsWith('-') ? { field: key.slice(1), desc: true } : { field: key }));
  },
  write: (sort) => sort.map(({ field, desc }) => (desc ? `-${field}` : field)).join(','),
};
