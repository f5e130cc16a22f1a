import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/hooks.json' with { type: 'json' };

addMessages(messages);
