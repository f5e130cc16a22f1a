import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/settings.json' with { type: 'json' };

addMessages(messages);
