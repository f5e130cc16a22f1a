import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/inbox.json' with { type: 'json' };

addMessages(messages);
