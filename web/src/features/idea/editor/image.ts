import { Node } from '@tiptap/core';
import { fileAddress } from '@/views/shared/markdown/mention-text.ts';

/**
 * A picture of a Markdown text, kept as it was written: one that is attached is shown, others by their name, since
 * nothing is loaded from elsewhere. Editing the text around it loses nothing.
 */
export const PictureName = Node.create({
  name: 'image',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({
    src: {
      default: '',
      parseHTML: (element) => element.getAttribute('data-src') ?? element.getAttribute('src'),
    },
    alt: { default: '' },
    title: { default: null },
  }),
  parseHTML: () => [{ tag: 'img[src]' }],
  renderHTML: ({ node }) => {
    const { src, alt } = node.attrs;
    const file = fileAddress(String(src));
    if (file) return ['img', { src: file, 'data-src': src, alt }];
    return ['span', { 'data-picture': '', title: String(src) }, String(alt || src)];
  },
  markdownTokenName: 'image',
  parseMarkdown: (token, helpers) =>
    helpers.createNode('image', { src: token.href, alt: token.text, title: token.title }),
  renderMarkdown: (node) => {
    const { src, alt, title } = node.attrs ?? {};
    return title ? `![${alt}](${src} "${title}")` : `![${alt}](${src})`;
  },
});
