import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/talk.json' with { type: 'json' };

addMessages(messages);
