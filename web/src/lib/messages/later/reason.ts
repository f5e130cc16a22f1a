import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/reason.json' with { type: 'json' };

addMessages(messages);
