import { Link2 } from 'lucide-react';
import css from '../fields.module.css';
import { InlineText } from '../InlineText.tsx';
import { notA } from '../text.ts';
import type { CellProps, EditorProps, FieldType, Parsed } from '../types.ts';

/** An address as people write it, with https:// where they left it out. */
function parse(text: string): Parsed {
  const bare = text.trim();
  if (bare === '') return { value: null };
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(bare) ? bare : `https://${bare}`;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  const fine = url && /^https?:$/.test(url.protocol) && url.hostname.includes('.') && !/\s/.test(bare);
  const local = url?.hostname === 'localhost';
  return fine || local ? { value: whole } : notA('url', text);
}

/** Only web addresses become links, whatever was stored. */
function Cell({ value }: CellProps) {
  if (typeof value !== 'string' || value === '') return null;
  if (!/^https?:\/\//i.test(value)) return <span className={css.text}>{value}</span>;
  return (
    <a
      className={css.link}
      href={value}
      target="_blank"
      rel="noopener noreferrer nofollow"
      tabIndex={-1}
      title={value}
    >
      {value.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '')}
    </a>
  );
}

function Editor({ field, value, typed, onCommit, onCancel }: EditorProps) {
  return (
    <InlineText
      label={field.name}
      text={typed ?? (typeof value === 'string' ? value : '')}
      selectAll={typed === undefined}
      inputMode="url"
      onEnter={(text, move) => {
        const parsed = parse(text);
        if ('error' in parsed) return parsed.error;
        onCommit(parsed.value, move);
        return undefined;
      }}
      onCancel={onCancel}
    />
  );
}

/** A web address. */
export const url: FieldType = {
  icon: Link2,
  align: 'start',
  width: 180,
  Cell,
  Editor,
  typing: true,
  toText: (value) => (typeof value === 'string' ? value : ''),
  fromText: parse,
};
