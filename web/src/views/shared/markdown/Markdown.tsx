import { lexer, type Token, type Tokens } from 'marked';
import { Fragment, type ReactNode, useMemo } from 'react';
import { cx } from '@/lib/cx.ts';
import { decodeEntities, safeHref } from './inline.ts';
import { Mention } from './Mention.tsx';
import { fileAddress, targetOf } from './mention-text.ts';
import css from './prose.module.css';
import { type OnTick, TaskMark, TickContext } from './TaskMark.tsx';
import { taskItems } from './tasks.ts';

/** Props of Markdown. */
export interface MarkdownProps {
  text: string;
  className?: string;
  /** Its tasks can be ticked. */
  onTick?: OnTick;
}

/**
 * Shows Markdown as it is meant. Nothing in the text is ever run: HTML in it is shown as the text it is, pictures from
 * elsewhere and links to anything but web and mail addresses are not loaded.
 */
export function Markdown({ text, className, onTick }: MarkdownProps) {
  const tokens = useMemo(() => rankHeadings(lexer(text, { gfm: true })), [text]);
  const shown = <div className={cx(css.prose, className)}>{renderAll(tokens)}</div>;
  if (!onTick) return shown;
  return <TickContext value={{ items: taskItems(tokens), onTick }}>{shown}</TickContext>;
}

/** Gives the headings of a text the next levels without a gap, since readers that hear them count on it. */
function rankHeadings(tokens: Token[]): Token[] {
  const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading';
  const depths = [...new Set(tokens.filter(isHeading).map((token) => token.depth))].sort((a, b) => a - b);
  return tokens.map((token) =>
    isHeading(token) ? { ...token, depth: depths.indexOf(token.depth) + 1 } : token,
  );
}

function renderAll(tokens: readonly Token[] | undefined): ReactNode {
  return tokens?.map((token, at) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: a text is rendered as a whole; its parts have no other name
    return <Fragment key={at}>{render(token)}</Fragment>;
  });
}

function render(token: Token): ReactNode {
  return renderBlock(token as Tokens.Generic) ?? renderInline(token as Tokens.Generic);
}

/** Headings in a text start below those of the page around it. */
const headings = ['h3', 'h4', 'h5', 'h6', 'h6', 'h6'] as const;

function renderBlock(token: Tokens.Generic): ReactNode | undefined {
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading': {
      const Heading = headings[(token as Tokens.Heading).depth - 1] ?? 'h6';
      return <Heading>{renderAll(token.tokens)}</Heading>;
    }
    case 'paragraph':
      return <p>{renderAll(token.tokens)}</p>;
    case 'blockquote':
      return <blockquote>{renderAll(token.tokens)}</blockquote>;
    case 'code':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: code that is wider than the page is scrolled with the keys
        <pre tabIndex={0}>
          <code>{(token as Tokens.Code).text}</code>
        </pre>
      );
    case 'hr':
      return <hr />;
    case 'list':
      return renderList(token as Tokens.List);
    case 'table':
      return renderTable(token as Tokens.Table);
    default:
      return undefined;
  }
}

function renderList(list: Tokens.List): ReactNode {
  const items = list.items.map((item, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text is rendered as a whole
    <li key={at} data-task={item.task || undefined}>
      {item.task && <TaskMark item={item} />}
      <div>{renderAll(item.tokens)}</div>
    </li>
  ));
  return list.ordered ? (
    <ol start={list.start === '' ? undefined : list.start}>{items}</ol>
  ) : (
    <ul>{items}</ul>
  );
}

function renderTable(table: Tokens.Table): ReactNode {
  return (
    <div className={css.table}>
      <table>
        <thead>
          <tr>
            {table.header.map((cell, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a text is rendered as a whole
              <th key={at} scope="col" align={cell.align ?? undefined}>
                {renderAll(cell.tokens)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a text is rendered as a whole
            <tr key={line}>
              {row.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a text is rendered as a whole
                <td key={at} align={cell.align ?? undefined}>
                  {renderAll(cell.tokens)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function renderInline(token: Tokens.Generic): ReactNode {
  switch (token.type) {
    case 'strong':
      return <strong>{renderAll(token.tokens)}</strong>;
    case 'em':
      return <em>{renderAll(token.tokens)}</em>;
    case 'del':
      return <s>{renderAll(token.tokens)}</s>;
    case 'codespan':
      return <code>{(token as Tokens.Codespan).text}</code>;
    case 'br':
      return <br />;
    case 'checkbox':
      return null;
    case 'link': {
      const { href } = token as Tokens.Link;
      const target = targetOf(href);
      const file = fileAddress(href);
      if (file) {
        return (
          <a href={file} download>
            {renderAll(token.tokens)}
          </a>
        );
      }
      if (target) return <Mention target={target}>{renderAll(token.tokens)}</Mention>;
      return <SafeLink href={href}>{renderAll(token.tokens)}</SafeLink>;
    }
    case 'image': {
      const image = token as Tokens.Image;
      const file = fileAddress(image.href);
      if (file) return <img className={css.picture} src={file} alt={image.text} loading="lazy" />;
      return <SafeLink href={image.href}>{image.text || image.href}</SafeLink>;
    }
    case 'text':
      return token.tokens ? renderAll(token.tokens) : decodeEntities((token as Tokens.Text).text);
    case 'escape':
      return decodeEntities((token as Tokens.Escape).text);
    default:
      return token.raw;
  }
}

function SafeLink({ href, children }: { href: string; children: ReactNode }) {
  const safe = safeHref(decodeEntities(href));
  if (!safe) return <>{children}</>;
  return (
    <a href={safe} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}
