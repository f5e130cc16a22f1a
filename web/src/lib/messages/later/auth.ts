import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/auth.json' with { type: 'json' };

addMessages(messages);
