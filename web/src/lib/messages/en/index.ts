import actions from './actions.json' with { type: 'json' };
import auth from './auth.json' with { type: 'json' };
import shell from './shell.json' with { type: 'json' };
import ui from './ui.json' with { type: 'json' };

/** The English messages: one file per area, ids prefixed with the area's name. */
export const en = { ...actions, ...auth, ...shell, ...ui };

/** The id of a message. */
export type MessageId = keyof typeof en;
