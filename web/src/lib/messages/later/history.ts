import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/history.json' with { type: 'json' };

addMessages(messages);
