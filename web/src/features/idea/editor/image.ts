import { Node } from '@tiptap/core';

/**
 * A picture of a Markdown text, kept as it was written and shown by its name: nothing is loaded from elsewhere, and
 * editing the text around it loses nothing.
 */
export const PictureName = Node.create({
  name: 'image',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({ src: { default: '' }, alt: { default: '' }, title: { default: null } }),
  parseHTML: () => [{ tag: 'img[src]' }],
  renderHTML: ({ node }) => [
    'span',
    { 'data-picture': '', title: String(node.attrs.src) },
    String(node.attrs.alt || node.attrs.src),
  ],
  markdownTokenName: 'image',
  parseMarkdown: (token, helpers) =>
    helpers.createNode('image', { src: token.href, alt: token.text, title: token.title }),
  renderMarkdown: (node) => {
    const { src, alt, title } = node.attrs ?? {};
    return title ? `![${alt}](${src} "${title}")` : `![${alt}](${src})`;
  },
});
