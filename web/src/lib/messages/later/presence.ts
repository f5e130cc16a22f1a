import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/presence.json' with { type: 'json' };

addMessages(messages);
