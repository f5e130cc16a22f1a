import actions from './actions.json' with { type: 'json' };
import api from './api.json' with { type: 'json' };
import capture from './capture.json' with { type: 'json' };
import certainty from './certainty.json' with { type: 'json' };
import field from './field.json' with { type: 'json' };
import idea from './idea.json' with { type: 'json' };
import kind from './kind.json' with { type: 'json' };
import links from './links.json' with { type: 'json' };
import list from './list.json' with { type: 'json' };
import shell from './shell.json' with { type: 'json' };
import ui from './ui.json' with { type: 'json' };
import view from './view.json' with { type: 'json' };

/**
 * The English messages of the first load: one file per area, ids prefixed with the area's name. Areas with pages of
 * their own come with them: messages/later has a file for each, which the page imports.
 */
export const en = {
  ...actions,
  ...api,
  ...certainty,
  ...field,
  ...kind,
  ...links,
  ...list,
  ...capture,
  ...idea,
  ...shell,
  ...ui,
  ...view,
};

/** The id of a message. */
export type MessageId = keyof typeof en | (keyof Later & string);

type Later = typeof import('./merge.json') &
  typeof import('./auth.json') &
  typeof import('./project.json') &
  typeof import('./board.json') &
  typeof import('./tree.json') &
  typeof import('./timeline.json') &
  typeof import('./matrix.json') &
  typeof import('./keys.json') &
  typeof import('./importer.json') &
  typeof import('./insights.json') &
  typeof import('./hygiene.json') &
  typeof import('./evidence.json') &
  typeof import('./settings.json') &
  typeof import('./talk.json') &
  typeof import('./inbox.json') &
  typeof import('./history.json') &
  typeof import('./hooks.json') &
  typeof import('./since.json') &
  typeof import('./activity.json') &
  typeof import('./reason.json') &
  typeof import('./presence.json') &
  typeof import('./chances.json');
