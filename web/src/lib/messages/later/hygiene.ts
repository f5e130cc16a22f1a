import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/hygiene.json' with { type: 'json' };

addMessages(messages);
