import type { Element } from '../protocol/element.js';

/** The command that a device sends first: the folder hierarchy from its beginning (MS-ASCMD, FolderSync). */
export const firstCommand: { readonly name: 'FolderSync'; readonly document: Element } = {
  name: 'FolderSync',
  document: {
    name: 'FolderHierarchy:FolderSync',
    content: [{ name: 'FolderHierarchy:SyncKey', content: '0' }],
  },
};
