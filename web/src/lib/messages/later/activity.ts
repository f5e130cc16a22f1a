import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/activity.json' with { type: 'json' };

addMessages(messages);
