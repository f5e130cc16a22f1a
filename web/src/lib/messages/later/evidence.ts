import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/evidence.json' with { type: 'json' };

addMessages(messages);
