import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/keys.json' with { type: 'json' };

addMessages(messages);
