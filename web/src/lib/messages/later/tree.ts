import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/tree.json' with { type: 'json' };

addMessages(messages);
