import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/chances.json' with { type: 'json' };

addMessages(messages);
