import { addMessages } from '@/lib/i18n.ts';
import messages from '../en/insights.json' with { type: 'json' };

addMessages(messages);
