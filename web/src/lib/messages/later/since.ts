import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/since.json' with { type: 'json' };

addMessages(messages);
